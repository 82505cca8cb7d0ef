import { useCallback, useMemo } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  Button,
  Cell,
  Link,
  SearchField,
  Select,
  type ColumnConfig,
} from '@backstage/ui';
import type { AuditEvent } from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { EntityName } from '../components/EntityName';
import lists from '../components/Lists.module.css';
import { ResponsiveTable } from '../components/ResponsiveTable';
import { Section } from '../components/Section';
import sectionStyles from '../components/Section.module.css';
import { StateBoundary } from '../components/StateBoundary';
import { usePages } from '../data/usePages';
import { useReviewLinks } from '../data/useReviewLinks';
import { useUrlState } from '../data/useUrlState';
import { MoreButton } from '../profiles/MoreButton';
import { shortDigest } from '../texts/shortDigest';
import { useTexts, type Texts } from '../texts/useTexts';
import { VerifySection } from './VerifySection';

const PAGE_SIZE = 50;

/** Everything that the record holds. */
const ACTIONS = [
  'requested',
  'voted',
  'commented',
  'withdrawn',
  'policy-approved',
  'carried',
  'superseded',
  'revoked',
  'broke-glass',
] as const;

type Row = AuditEvent & { id: number };

/** A moment as auditors write it: the same for every reader, as "2026-11-23 09:28:01 UTC". */
function utcText(texts: Texts, iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime())
    ? iso
    : texts.t('audit.time', {
        time: date.toISOString().slice(0, 19).replace('T', ' '),
      });
}

function localText(texts: Texts, iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime())
    ? iso
    : date.toLocaleString(texts.locale, { timeZoneName: 'short' });
}

function didText(texts: Texts, { action, decision }: AuditEvent): string {
  return decision
    ? texts.t('audit.did.votedAs', {
        decision: texts.maybe(`effectOfVote.word.${decision}`) ?? decision,
      })
    : texts.maybe(`audit.did.${action}`) ?? action;
}

function useColumns(): ColumnConfig<Row>[] {
  const texts = useTexts();
  const links = useReviewLinks();
  return useMemo(() => {
    const { t } = texts;
    return [
      {
        id: 'seq',
        label: t('audit.seq'),
        isRowHeader: true,
        minWidth: 60,
        defaultWidth: '0.4fr',
        cell: ({ seq }) => <Cell>{seq}</Cell>,
      },
      {
        id: 'when',
        label: t('audit.when'),
        minWidth: 180,
        cell: ({ at }) => (
          <Cell>
            <time dateTime={at} title={localText(texts, at)}>
              {utcText(texts, at)}
            </time>
          </Cell>
        ),
      },
      {
        id: 'who',
        label: t('audit.who'),
        minWidth: 110,
        cell: ({ actor }) => (
          <Cell>
            {actor.includes('/') ? (
              <EntityName entityRef={actor} />
            ) : (
              <span dir="auto">{actor}</span>
            )}
          </Cell>
        ),
      },
      {
        id: 'did',
        label: t('audit.did'),
        minWidth: 160,
        defaultWidth: '1.6fr',
        cell: event => (
          <Cell>
            <div className={lists.cell}>
              <span>{didText(texts, event)}</span>
              {event.text ? (
                <span className={lists.small} dir="auto">
                  {event.text}
                </span>
              ) : null}
              {event.erased ? (
                <span className={lists.small}>{t('audit.erased')}</span>
              ) : null}
            </div>
          </Cell>
        ),
      },
      {
        id: 'subject',
        label: t('audit.subject'),
        minWidth: 160,
        defaultWidth: '1.4fr',
        cell: ({ profile, environment, reviewId }) => {
          const href = links.review(reviewId);
          const name = [profile?.name ?? reviewId, environment]
            .filter(Boolean)
            .join(' · ');
          return (
            <Cell>
              {href ? (
                <Link href={href}>
                  <span dir="auto" translate="no">
                    {name}
                  </span>
                </Link>
              ) : (
                <span dir="auto" translate="no">
                  {name}
                </span>
              )}
            </Cell>
          );
        },
      },
      {
        id: 'digest',
        label: t('audit.digest'),
        minWidth: 90,
        defaultWidth: '0.7fr',
        cell: ({ digest }) => (
          <Cell>
            {digest ? (
              <code className={lists.code} translate="no" title={digest}>
                {shortDigest(digest)}
              </code>
            ) : (
              '–'
            )}
          </Cell>
        ),
      },
      {
        id: 'hash',
        label: t('audit.hash'),
        minWidth: 130,
        defaultWidth: '0.9fr',
        cell: ({ hash, prevHash }) => (
          <Cell>
            <div className={lists.cell}>
              <code className={lists.code} translate="no" title={hash}>
                {shortDigest(hash)}
              </code>
              <span className={lists.small} title={prevHash}>
                {t('audit.prevHash', { hash: shortDigest(prevHash) })}
              </span>
            </div>
          </Cell>
        ),
      },
    ];
  }, [texts, links]);
}

/** The record of approvals, newest first, with what can be asked of it. */
export function AuditLog() {
  const api = useApi(securityProfilesApiRef);
  const texts = useTexts();
  const { t } = texts;
  const url = useUrlState();
  const columns = useColumns();
  const actor = url.get('actor');
  const askedAction = url.get('action');
  const action = ACTIONS.find(one => one === askedAction);
  const reviewId = url.get('review');
  const load = useCallback(
    async (cursor: string | undefined, signal: AbortSignal) =>
      (
        await api.request('get', '/audit/events', {
          params: {
            query: {
              cursor,
              limit: PAGE_SIZE,
              actor,
              action: action && [action],
              reviewId,
            },
          },
          signal,
        })
      ).data!,
    [api, actor, action, reviewId],
  );
  const pages = usePages(load);
  const isFiltered = Boolean(actor || action || reviewId);
  const clear = (
    <Button
      variant="secondary"
      onPress={() =>
        url.set({ actor: undefined, action: undefined, review: undefined })
      }
    >
      {t('audit.clear')}
    </Button>
  );
  return (
    <div className={sectionStyles.page}>
      <h2 className={sectionStyles.title}>{t('audit.title')}</h2>
      <StateBoundary
        loaded={pages.loaded}
        what="audit.what"
        forbidden="audit.forbidden"
        skeleton={[40, 240]}
      >
        {page => (
          <>
            <VerifySection />
            <Section
              headingLevel={3}
              anchor="events"
              title={t('audit.results', { count: page.totalItems })}
              actions={
                <>
                  <SearchField
                    key={actor}
                    label={t('audit.person')}
                    placeholder={t('audit.personHint')}
                    defaultValue={actor ?? ''}
                    onSubmit={value =>
                      url.set({ actor: value.trim() || undefined })
                    }
                    onClear={() => url.set({ actor: undefined })}
                  />
                  <Select
                    label={t('audit.action')}
                    selectedKey={action ?? 'all:'}
                    onSelectionChange={key =>
                      url.set({
                        action: key === 'all:' ? undefined : String(key),
                      })
                    }
                    options={[
                      { value: 'all:', label: t('audit.any') },
                      ...ACTIONS.map(value => ({
                        value: value as string,
                        label: t(`audit.did.${value}`),
                      })),
                    ]}
                  />
                </>
              }
            >
              {askedAction !== undefined && !action ? (
                <p className={lists.text}>
                  {t('audit.ignored', { value: askedAction })}
                </p>
              ) : null}
              {reviewId ? (
                <div className={lists.row}>
                  <span>{t('audit.review')}</span>
                  {clear}
                </div>
              ) : null}
              {pages.items.length === 0 ? (
                <div className={lists.row}>
                  <span>
                    {t(isFiltered ? 'audit.empty.filtered' : 'audit.empty')}
                  </span>
                  {isFiltered && !reviewId ? clear : null}
                </div>
              ) : (
                <ResponsiveTable
                  columns={columns}
                  rows={pages.items.map(event => ({ ...event, id: event.seq }))}
                />
              )}
              <MoreButton pages={pages} />
            </Section>
          </>
        )}
      </StateBoundary>
    </div>
  );
}
