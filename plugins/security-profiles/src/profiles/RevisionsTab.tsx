import { useCallback } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { Button, Cell, Select, type ColumnConfig } from '@backstage/ui';
import type {
  ProfileDetail,
  Revision,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { Chip } from '../components/Chip';
import { Digest } from '../components/Digest';
import lists from '../components/Lists.module.css';
import { ResponsiveTable } from '../components/ResponsiveTable';
import { Section } from '../components/Section';
import { StateBoundary } from '../components/StateBoundary';
import { Terms } from '../components/Term';
import { useLoaded } from '../data/useLoaded';
import { usePages } from '../data/usePages';
import { useUrlState } from '../data/useUrlState';
import { formatList, formatMoment } from '../texts/formatTime';
import { shortDigest } from '../texts/shortDigest';
import { useTexts, type Texts } from '../texts/useTexts';
import { ChangeClassMark, ChangeView } from './ChangeView';
import { MoreButton } from './MoreButton';
import styles from './Profile.module.css';

const PAGE_SIZE = 50;

function nameOf(texts: Texts, revision: Revision): string {
  return revision.effectiveDigest
    ? shortDigest(revision.effectiveDigest)
    : texts.t('profiles.contentUnknown');
}

function labelOf(texts: Texts, revision: Revision, now: number): string {
  return [
    nameOf(texts, revision),
    texts.t('profilePage.firstSeenOn', {
      time: formatMoment(texts, revision.firstSeen, now),
    }),
    revision.current ? texts.t('profilePage.current') : undefined,
  ]
    .filter(Boolean)
    .join(', ');
}

interface ComparisonProps {
  profileId: string;
  from: Revision;
  to: Revision;
}

function Comparison(props: ComparisonProps) {
  const { profileId, from, to } = props;
  const api = useApi(securityProfilesApiRef);
  const texts = useTexts();
  const load = useCallback(
    async (signal: AbortSignal) =>
      (
        await api.request('get', '/profiles/{profileId}/compare', {
          params: {
            path: { profileId },
            query: { from: from.id, to: to.id },
          },
          signal,
        })
      ).data!,
    [api, profileId, from.id, to.id],
  );
  const loaded = useLoaded(load);
  return (
    <StateBoundary
      loaded={loaded}
      what="state.what.comparison"
      forbidden="state.notFound"
      skeleton={[40, 120]}
    >
      {comparison => (
        <ChangeView
          comparison={comparison}
          names={{ from: nameOf(texts, from), to: nameOf(texts, to) }}
        />
      )}
    </StateBoundary>
  );
}

interface RevisionsViewProps {
  profile: ProfileDetail;
  revisions: Revision[];
  now: number;
}

function RevisionsView(props: RevisionsViewProps) {
  const { profile, revisions, now } = props;
  const texts = useTexts();
  const { t } = texts;
  const url = useUrlState();
  const find = (id: string | undefined) =>
    id === 'current'
      ? revisions.find(({ current }) => current)
      : revisions.find(
          revision => revision.id === id || revision.effectiveDigest === id,
        );
  const [askedFrom, askedTo] = [url.get('from'), url.get('to')];
  const to = find(askedTo) ?? find('current') ?? revisions[0];
  const before = revisions[revisions.indexOf(to) + 1];
  const from = find(askedFrom) ?? before ?? to;
  const ignored = [askedFrom, askedTo].filter(
    id => id !== undefined && !find(id),
  ) as string[];
  const columns: ColumnConfig<Revision>[] = [
    {
      id: 'revision',
      label: t('profiles.content'),
      isRowHeader: true,
      minWidth: 170,
      cell: revision => (
        <Cell>
          <div className={lists.cell}>
            {revision.effectiveDigest ? (
              <Digest digest={revision.effectiveDigest} />
            ) : (
              <Chip tone="neutral" border="dashed">
                {t('profiles.contentUnknown')}
              </Chip>
            )}
            {revision.current ? (
              <span className={lists.small}>{t('profilePage.current')}</span>
            ) : null}
          </div>
        </Cell>
      ),
    },
    {
      id: 'firstSeen',
      label: t('profilePage.firstSeen'),
      minWidth: 120,
      cell: revision => (
        <Cell>
          <time dateTime={revision.firstSeen}>
            {formatMoment(texts, revision.firstSeen, now)}
          </time>
        </Cell>
      ),
    },
    {
      id: 'change',
      label: t('profilePage.against'),
      minWidth: 160,
      cell: revision => (
        <Cell>
          {revision.change ? (
            <ChangeClassMark changeClass={revision.change} />
          ) : (
            '–'
          )}
        </Cell>
      ),
    },
    {
      id: 'compare',
      label: t('profilePage.compare'),
      minWidth: 150,
      cell: revision => {
        const previous = revisions[revisions.indexOf(revision) + 1];
        return (
          <Cell>
            {previous ? (
              <Button
                variant="secondary"
                aria-label={t('profilePage.compareOf', {
                  to: nameOf(texts, revision),
                  from: nameOf(texts, previous),
                })}
                onPress={() => url.set({ from: previous.id, to: revision.id })}
              >
                {t('profilePage.compareWithPrevious')}
              </Button>
            ) : (
              t('profilePage.firstRevision')
            )}
          </Cell>
        );
      },
    },
  ];
  const options = revisions.map(revision => ({
    value: revision.id,
    label: labelOf(texts, revision, now),
  }));
  if (revisions.length === 0) {
    return <p className={lists.text}>{t('profilePage.noRevision')}</p>;
  }
  return (
    <>
      {ignored.length > 0 ? (
        <p className={lists.text}>
          {t('containers.ignored', { value: formatList(ignored) })}
        </p>
      ) : null}
      {revisions.length > 1 ? (
        <>
          <div className={styles.selects}>
            <Select
              label={t('profilePage.compareFrom')}
              selectedKey={from.id}
              onSelectionChange={key =>
                url.set({ from: String(key), to: to.id })
              }
              options={options}
            />
            <Select
              label={t('profilePage.compareTo')}
              selectedKey={to.id}
              onSelectionChange={key =>
                url.set({ from: from.id, to: String(key) })
              }
              options={options}
            />
          </div>
          <Comparison profileId={profile.id} from={from} to={to} />
        </>
      ) : (
        <p className={lists.text}>{t('profilePage.oneRevision')}</p>
      )}
      <ResponsiveTable columns={columns} rows={revisions} />
    </>
  );
}

/** Props of {@link RevisionsTab}. */
export interface RevisionsTabProps {
  profile: ProfileDetail;
  now: number;
}

/** Every content that collection has seen of a profile, and the comparison between any two. */
export function RevisionsTab(props: RevisionsTabProps) {
  const { profile, now } = props;
  const profileId = profile.id;
  const api = useApi(securityProfilesApiRef);
  const { t } = useTexts();
  const loadPage = useCallback(
    async (cursor: string | undefined, signal: AbortSignal) =>
      (
        await api.request('get', '/profiles/{profileId}/revisions', {
          params: { path: { profileId }, query: { cursor, limit: PAGE_SIZE } },
          signal,
        })
      ).data!,
    [api, profileId],
  );
  const pages = usePages(loadPage);
  return (
    <Section headingLevel={3} title={t('profilePage.revisions')}>
      <Terms terms={['revision', 'digest']} />
      <StateBoundary
        loaded={pages.loaded}
        what="state.what.revisions"
        forbidden="state.notFound"
        skeleton={[40, 120, 120]}
      >
        {() => (
          <RevisionsView profile={profile} revisions={pages.items} now={now} />
        )}
      </StateBoundary>
      <MoreButton pages={pages} />
    </Section>
  );
}
