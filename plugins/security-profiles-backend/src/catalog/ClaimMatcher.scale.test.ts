import { TestDatabases } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { collectedCluster, collectedWorkload } from '../testing/collectedFacts';
import { component } from '../testing/component';
import { countQueries } from '../testing/countQueries';
import { createRooms } from '../testing/createRooms';
import { openDatabase } from '../testing/openDatabase';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const eu = collectedCluster('eu');
const entityCount = 2000;
const workloadCount = 5000;
const idLabel = 'backstage.io/kubernetes-id';

describe.each(databases.eachSupportedId())('%s', databaseId => {
  it('2,000 entities and 5,000 workloads are matched in few statements, from either side', async () => {
    const knex = await openDatabase(databases, databaseId);
    const rooms = createRooms(knex);
    await rooms.inventory.replaceClusters([eu]);
    const workloads = Array.from({ length: workloadCount }, (_, number) =>
      collectedWorkload(eu.id, `workload-${number}`, {
        labels: {
          [idLabel]: `entity-${number % entityCount}`,
          app: `app-${number}`,
        },
      }),
    );
    await knex.batchInsert(
      'workloads',
      workloads.map(workload => ({
        id: workload.id,
        cluster_id: eu.id,
        api_group: workload.apiGroup,
        kind: workload.kind,
        namespace: workload.namespace,
        name: workload.name,
        label_sets: JSON.stringify(workload.labelSets),
        path_prefix: workload.pathPrefix,
        pods: workload.pods,
        content_hash: workload.contentHash,
      })),
      80,
    );
    await knex.batchInsert(
      'workload_labels',
      workloads.flatMap(({ id, labelSets }) =>
        Object.entries(labelSets[0]).map(([key, value]) => ({
          workload_id: id,
          key,
          value,
        })),
      ),
      200,
    );
    // Most go by their name; every way to claim is in it.
    const annotations = (number: number): Record<string, string> => {
      if (number % 20 === 1) {
        return {
          'security-profiles.io/workload': `eu/shop/Deployment/workload-${number}`,
        };
      }
      if (number % 20 === 2) {
        return {
          'backstage.io/kubernetes-label-selector': `app=app-${number}`,
        };
      }
      if (number % 100 === 3) {
        return {
          'backstage.io/kubernetes-label-selector': `app in (app-${number},x)`,
        };
      }
      return {};
    };
    const mirror = rooms.mirrorOf(
      catalogServiceMock({
        entities: Array.from({ length: entityCount }, (_, number) =>
          component(`entity-${number}`, annotations(number)),
        ),
      }),
    );

    const fromEntities = await countQueries(knex, () => mirror.refreshAll());
    const claims = await rooms.claims();
    expect(claims).toMatchObject({
      'component:default/entity-0 workload-2000': 'confirmed',
      'component:default/entity-21 workload-21': 'confirmed',
      'component:default/entity-22 workload-22': 'confirmed',
      'component:default/entity-103 workload-103': 'confirmed',
    });
    // 100 rows per statement: a few statements for each hundred, none for each one.
    expect(fromEntities.total).toBeLessThan((entityCount / 100) * 25);

    await knex('claims').delete();
    const fromWorkloads = await countQueries(knex, () =>
      rooms.matcher.rematchWorkloads(
        knex,
        workloads.map(({ id }) => id),
      ),
    );
    expect(await rooms.claims()).toEqual(claims);
    expect(fromWorkloads.total).toBeLessThan((workloadCount / 100) * 15);
  });
});
