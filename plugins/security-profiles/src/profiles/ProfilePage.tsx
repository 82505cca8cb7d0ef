import { useCallback, useEffect, useRef, type ReactElement } from 'react';
import { useParams } from 'react-router-dom';
import { useApi } from '@backstage/core-plugin-api';
import { BreadcrumbEntry } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Box,
  Link,
  Select,
  Tab,
  TabList,
  TabPanel,
  Tabs,
  useBreakpoint,
} from '@backstage/ui';
import type { ProfileDetail } from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { Chip } from '../components/Chip';
import { Digest } from '../components/Digest';
import lists from '../components/Lists.module.css';
import { ModeChip } from '../components/ModeChip';
import sectionStyles from '../components/Section.module.css';
import { StateBoundary } from '../components/StateBoundary';
import { useClusterLink } from '../data/useClusterLink';
import { useLoaded } from '../data/useLoaded';
import { useProfileLinks } from '../data/useProfileLinks';
import { useServerNow } from '../data/useServerNow';
import { useUrlState } from '../data/useUrlState';
import { formatMoment } from '../texts/formatTime';
import { useTexts, type Texts } from '../texts/useTexts';
import { AllowsTab } from './AllowsTab';
import { BasesTab } from './BasesTab';
import { NodesTab } from './NodesTab';
import styles from './Profile.module.css';
import { profileSentence } from './profileSentence';
import { RevisionsTab } from './RevisionsTab';
import { UsersTab } from './UsersTab';
import { YamlTab } from './YamlTab';

const POLL_EVERY = 30_000;

interface PageTab {
  id: string;
  label: string;
  /** Called when the tab is open: its requests begin then. */
  content(): ReactElement;
}

function tabsOf(texts: Texts, profile: ProfileDetail, now: number): PageTab[] {
  const { t } = texts;
  const { installed, chain, raw } = profile;
  const bases = chain.filter(({ from }) => from !== 'own').length;
  return [
    {
      id: 'allows',
      label: t('profilePage.tab.allows'),
      content: () => <AllowsTab profile={profile} />,
    },
    // A policy as text has neither rules nor bases that anybody could read.
    ...(raw || bases === 0
      ? []
      : [
          {
            id: 'bases',
            label: t('profilePage.tab.bases', { count: bases }),
            content: () => <BasesTab profile={profile} />,
          },
        ]),
    {
      id: 'revisions',
      label: t('profilePage.tab.revisions'),
      content: () => <RevisionsTab profile={profile} now={now} />,
    },
    {
      id: 'nodes',
      label: t('profilePage.tab.nodes', {
        nodes: installed.nodes,
        of: installed.of,
      }),
      content: () => <NodesTab profile={profile} />,
    },
    {
      id: 'users',
      label: t('profilePage.tab.users', { count: profile.users }),
      content: () => <UsersTab profile={profile} />,
    },
    {
      id: 'yaml',
      label: t('profilePage.tab.yaml'),
      content: () => <YamlTab profile={profile} />,
    },
  ];
}

interface HeadProps {
  profile: ProfileDetail;
  now: number;
}

function Head(props: HeadProps) {
  const { profile, now } = props;
  const texts = useTexts();
  const { t, maybe } = texts;
  const url = useUrlState();
  const clusterLink = useClusterLink();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, [profile.id]);
  const { installed, revisionSince, defaultAction } = profile;
  const clusterHref = clusterLink(profile.clusterId);
  const missing = installed.missingTotal;
  return (
    <Box bg="neutral" className={sectionStyles.section}>
      <h2 ref={heading} tabIndex={-1} className={sectionStyles.title}>
        <span dir="auto" translate="no">
          {profile.name}
        </span>
      </h2>
      <div className={lists.row}>
        <span translate="no">{profile.kind}</span>
        <span aria-hidden>·</span>
        {clusterHref ? (
          <Link href={clusterHref}>{profile.cluster}</Link>
        ) : (
          <span>{profile.cluster}</span>
        )}
        {profile.namespace ? (
          <>
            <span aria-hidden>·</span>
            <span dir="auto">{profile.namespace}</span>
          </>
        ) : null}
      </div>
      <p className={styles.lead}>{profileSentence(texts, profile)}</p>
      <div className={lists.row}>
        <ModeChip mode={profile.mode} />
        {defaultAction ? (
          <span>
            {t('profilePage.defaultAction', {
              action:
                maybe(
                  `review.rules.action.${defaultAction.replace(
                    'SCMP_ACT_',
                    '',
                  )}`,
                ) ?? defaultAction,
            })}
          </span>
        ) : null}
        {installed.of === 0 ? (
          <Chip tone="neutral" border="dashed">
            {t('profiles.nodesNone')}
          </Chip>
        ) : (
          <Link href={url.href({ tab: 'nodes', state: undefined })}>
            {missing > 0
              ? t('profilePage.missingOn', {
                  count: missing,
                  of: installed.of,
                })
              : t('profiles.nodesOf', {
                  nodes: installed.nodes,
                  of: installed.of,
                })}
          </Link>
        )}
        {profile.effectiveDigest ? (
          <Digest digest={profile.effectiveDigest} />
        ) : (
          <Chip tone="neutral" border="dashed">
            {t('profiles.contentUnknown')}
          </Chip>
        )}
        {revisionSince ? (
          <time dateTime={revisionSince}>
            {t('profilePage.since', {
              time: formatMoment(texts, revisionSince, now),
            })}
          </time>
        ) : null}
      </div>
      {profile.problems.length > 0 ? (
        <Alert
          status="warning"
          icon
          title={t('profilePage.problems', { count: profile.problems.length })}
          description={
            <ul className={lists.plain}>
              {profile.problems.map(({ id, because }) => (
                <li key={`${id}/${because}`}>{because}</li>
              ))}
            </ul>
          }
        />
      ) : null}
    </Box>
  );
}

interface ProfileViewProps {
  profile: ProfileDetail;
  now: number;
}

function ProfileView(props: ProfileViewProps) {
  const { profile, now } = props;
  const texts = useTexts();
  const { t } = texts;
  const url = useUrlState();
  const { up } = useBreakpoint();
  const tabs = tabsOf(texts, profile, now);
  const asked = url.get('tab');
  const open = tabs.find(({ id }) => id === asked) ?? tabs[0];
  const isIgnored = asked !== undefined && open.id !== asked;
  const select = (id: string) =>
    // What a tab keeps in the address does not mean anything to the next one.
    url.set({
      tab: id === tabs[0].id ? undefined : id,
      from: undefined,
      to: undefined,
      state: undefined,
    });
  return (
    <div className={sectionStyles.page}>
      <Head profile={profile} now={now} />
      {isIgnored ? (
        <p className={lists.text}>
          {t('containers.ignored', { value: asked })}
        </p>
      ) : null}
      {up('sm') ? (
        <Tabs
          selectedKey={open.id}
          onSelectionChange={key => select(String(key))}
        >
          <TabList aria-label={t('profilePage.parts')}>
            {tabs.map(({ id, label }) => (
              <Tab key={id} id={id}>
                {label}
              </Tab>
            ))}
          </TabList>
          {tabs.map(({ id, content }) => (
            <TabPanel key={id} id={id}>
              <div className={styles.panel}>
                {id === open.id ? content() : null}
              </div>
            </TabPanel>
          ))}
        </Tabs>
      ) : (
        <>
          <Select
            label={t('profilePage.parts')}
            selectedKey={open.id}
            onSelectionChange={key => select(String(key))}
            options={tabs.map(({ id, label }) => ({ value: id, label }))}
          />
          <div className={styles.panel}>{open.content()}</div>
        </>
      )}
    </div>
  );
}

/** One profile: what it allows, who brought that in, where it is missing, who runs under it, and its raw text last. */
export function ProfilePage() {
  const { profileId = '' } = useParams();
  const api = useApi(securityProfilesApiRef);
  const links = useProfileLinks();
  const load = useCallback(
    async (signal: AbortSignal) =>
      (
        await api.request('get', '/profiles/{profileId}', {
          params: { path: { profileId } },
          signal,
        })
      ).data!,
    [api, profileId],
  );
  const loaded = useLoaded(load, { pollEvery: POLL_EVERY });
  const now = useServerNow(loaded.data?.servedAt);
  return (
    <StateBoundary
      loaded={loaded}
      what="state.what.profile"
      forbidden="state.notFound"
      skeleton={[180, 40, 320]}
    >
      {profile => (
        <BreadcrumbEntry
          entry={{
            label: `${profile.name} · ${profile.cluster}`,
            href: links.profile(profileId) ?? '',
          }}
        >
          <ProfileView key={profile.id} profile={profile} now={now} />
        </BreadcrumbEntry>
      )}
    </StateBoundary>
  );
}
