import { TestDatabases } from '@backstage/backend-test-utils';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type {
  CiliumAdvisory,
  DataplaneFeed,
} from '@security-profiles/analysis';
import type { Knex } from 'knex';
import { ManualClock } from '../testing/ManualClock';
import { clearDatabase, openDatabase } from '../testing/openDatabase';
import { RecordingLogger } from '../testing/RecordingLogger';
import { AdvisoryNotices } from './AdvisoryNotices';
import { ClusterDataplane } from './ClusterDataplane';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const minute = 60_000;

const advisory = (id: string, fixed: string): CiliumAdvisory => ({
  id,
  aliases: ['CVE-2026-1'],
  severity: 'high',
  title: 'Policies let traffic through',
  ranges: [{ introduced: '0', fixed }],
  documented: 'every-branch',
});

describe.each(databases.eachSupportedId())(
  'Notices of advisories on %s',
  databaseId => {
    const { signal } = new AbortController();
    let knex: Knex;
    let clock: ManualClock;
    let logger: RecordingLogger;
    let feed: DataplaneFeed;
    let published: { topic: string; eventPayload: unknown }[];
    let sent: NotificationSendOptions[];
    /** Owners whose messages the notifications service refuses. */
    let refused: (ref: string) => unknown;
    let eventsService: 'up' | 'down';

    beforeAll(async () => {
      knex = await openDatabase(databases, databaseId);
    });
    beforeEach(async () => {
      await clearDatabase(knex);
      clock = new ManualClock('2026-11-23T09:00:00.000Z');
      logger = new RecordingLogger();
      feed = {
        releases: [],
        advisories: [advisory('GHSA-a', '1.19.8')],
        advisoriesAsOf: '2026-11-20',
      };
      published = [];
      sent = [];
      refused = () => false;
      eventsService = 'up';
    });

    /** As a replica that has just started. */
    function create(
      notifications: 'installed' | 'not-installed' = 'installed',
    ): AdvisoryNotices {
      return new AdvisoryNotices({
        knex,
        dataplane: new ClusterDataplane({ feed: () => feed }),
        events: {
          publish: async event => {
            if (eventsService === 'down') {
              throw new Error('upstream-body');
            }
            published.push(event);
          },
        },
        ...(notifications === 'installed' && {
          notifications: {
            send: async message => {
              if (
                message.recipients.type === 'entity' &&
                refused(String(message.recipients.entityRef))
              ) {
                throw new Error('upstream-body');
              }
              sent.push(message);
            },
          },
        }),
        clock,
        machineClock: clock,
        logger,
      });
    }

    async function addCluster(
      name: string,
      { owner, version = '1.19.7' }: { owner?: string; version?: string } = {},
    ): Promise<void> {
      await knex('clusters').insert({
        id: name,
        name,
        type: 'manifests',
        environment: 'production',
        owner_ref: owner ?? null,
      });
      await knex('nodes').insert({
        cluster_id: name,
        name: 'node-a',
        facts: JSON.stringify({
          name: 'node-a',
          labels: {},
          taints: [],
          ready: 'yes',
          spo: 'not-served',
          cilium: {
            image: `quay.io/cilium/cilium:v${version}`,
            phase: 'Running',
            ready: 'yes',
          },
        }),
      });
    }

    async function addService(
      name: string,
      { owner, clusters }: { owner: string; clusters: string[] },
    ): Promise<void> {
      const ref = `component:default/${name}`;
      await knex('entities').insert({
        entity_ref: ref,
        owner_ref: owner,
        tags: '[]',
        name,
        kubernetes_id: name,
        id_source: 'name',
        content_hash: '',
      });
      await knex('posture_clusters').insert(
        clusters.map(cluster => ({ entity_ref: ref, cluster_id: cluster })),
      );
    }

    /** Once now, and once when messages are ripe. */
    async function tell(notices: AdvisoryNotices): Promise<void> {
      await notices.tell({ signal });
      clock.advance(5 * minute);
      await notices.tell({ signal });
    }

    const recipients = () =>
      sent
        .map(({ recipients: to }) => to.type === 'entity' && to.entityRef)
        .sort();

    it('are one event, and one message for the owner of the cluster and for each owner of services there', async () => {
      await addCluster('prod', { owner: 'group:default/platform' });
      await addService('cart', {
        owner: 'group:default/shop',
        clusters: ['prod'],
      });
      await addService('pay', {
        owner: 'group:default/shop',
        clusters: ['prod'],
      });
      await tell(create());
      expect(published).toEqual([
        {
          topic: 'security-profiles.advisory.applies',
          eventPayload: {
            cluster: {
              id: 'prod',
              name: 'prod',
              environment: 'production',
              owner: 'group:default/platform',
            },
            advisory: {
              id: 'GHSA-a',
              aliases: ['CVE-2026-1'],
              severity: 'high',
              title: 'Policies let traffic through',
              because: expect.any(String),
              fixedIn: '1.19.8',
              versions: ['1.19.7'],
            },
            noticedAt: '2026-11-23T09:00:00.000Z',
          },
        },
      ]);
      expect(recipients()).toEqual([
        'group:default/platform',
        'group:default/shop',
      ]);
      expect(sent[0].payload).toEqual({
        title: '1 advisory of Cilium newly applies to prod',
        description: 'GHSA-a (high) Policies let traffic through: prod',
        link: '/security-profiles/clusters/prod',
        severity: 'high',
        topic: 'advisory-applies',
        scope: 'advisories:group:default/platform:2026-11-23T09:00:00.000Z',
      });
    });

    it('are given once, however often and by whomever the cluster is judged', async () => {
      await addCluster('prod', { owner: 'group:default/platform' });
      await tell(create());
      await tell(create());
      await Promise.all([tell(create()), tell(create())]);
      expect([published.length, sent.length]).toEqual([1, 1]);
    });

    it('are written down once by two replicas at the same time', async () => {
      await addCluster('prod', { owner: 'group:default/platform' });
      await Promise.all([
        create('not-installed').tell({ signal }),
        create().tell({ signal }),
      ]);
      expect(await knex('advisory_notices').select()).toHaveLength(1);
    });

    it('tell of an advisory that comes later, and not of the old one again', async () => {
      await addCluster('prod', { owner: 'group:default/platform' });
      const notices = create();
      await tell(notices);
      feed = {
        ...feed,
        advisories: [...feed.advisories, advisory('GHSA-b', '1.19.9')],
      };
      await tell(notices);
      expect(sent).toHaveLength(2);
      expect(sent[1].payload.description).toBe(
        'GHSA-b (high) Policies let traffic through: prod',
      );
    });

    it('are one message for each owner where a hundred clusters are read for the first time, one after the other', async () => {
      const notices = create();
      for (let index = 0; index < 100; index += 1) {
        await addCluster(`c-${String(index).padStart(3, '0')}`, {
          owner: 'group:default/platform',
        });
        if (index % 25 === 0) {
          await notices.tell({ signal });
          clock.advance(minute);
        }
      }
      await addService('cart', {
        owner: 'group:default/shop',
        clusters: ['c-000', 'c-099'],
      });
      await tell(notices);
      expect(published).toHaveLength(100);
      expect(recipients()).toEqual([
        'group:default/platform',
        'group:default/shop',
      ]);
      expect(sent.map(({ payload }) => payload.description)).toEqual([
        'GHSA-a (high) Policies let traffic through: c-000, c-001, c-002, c-003, c-004 and 95 more',
        'GHSA-a (high) Policies let traffic through: c-000, c-099',
      ]);
      expect(sent[0].payload.link).toBe('/security-profiles/clusters');
    });

    it('survive a restart between noting and sending, and go out once', async () => {
      await addCluster('prod', { owner: 'group:default/platform' });
      eventsService = 'down';
      await create().tell({ signal });
      expect([published.length, sent.length]).toEqual([0, 0]);
      eventsService = 'up';
      clock.advance(5 * minute);
      await create().tell({ signal });
      await create().tell({ signal });
      expect([published.length, sent.length]).toEqual([1, 1]);
    });

    it('are kept and tried again while a service refuses them, said once and without its answer', async () => {
      await addCluster('prod', { owner: 'group:default/platform' });
      await addService('cart', {
        owner: 'group:default/shop',
        clusters: ['prod'],
      });
      refused = ref => ref === 'group:default/platform';
      const notices = create();
      await tell(notices);
      await tell(notices);
      await tell(notices);
      expect(recipients()).toEqual(['group:default/shop']);
      expect(logger.lines).toEqual([
        'warn: Some messages about advisories of Cilium could not be given to the notifications service. They are kept and tried again; see the log of the notifications plugin.',
      ]);
      refused = () => false;
      await tell(notices);
      await tell(notices);
      expect(recipients()).toEqual([
        'group:default/platform',
        'group:default/shop',
      ]);
      expect(logger.lines).toHaveLength(2);
      expect(logger.lines.join()).not.toContain('upstream-body');
    });

    it('go to nobody where neither the cluster nor a service there has an owner; the event is told all the same', async () => {
      await addCluster('prod');
      await tell(create());
      expect([published.length, sent.length]).toEqual([1, 0]);
    });

    it('are none where no advisory applies', async () => {
      await addCluster('prod', {
        owner: 'group:default/platform',
        version: '1.19.8',
      });
      await tell(create());
      expect([published.length, sent.length]).toEqual([0, 0]);
    });

    it('are only events in a portal without notifications, and none is sent later when it gets them', async () => {
      await addCluster('prod', { owner: 'group:default/platform' });
      await tell(create('not-installed'));
      await tell(create());
      expect([published.length, sent.length]).toEqual([1, 0]);
    });
  },
);
