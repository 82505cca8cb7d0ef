import { useCallback } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { Alert, Cell, type ColumnConfig } from '@backstage/ui';
import type {
  ProfileDetail,
  ProfileUser,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { EntityName } from '../components/EntityName';
import lists from '../components/Lists.module.css';
import { ResponsiveTable } from '../components/ResponsiveTable';
import { Section } from '../components/Section';
import { StateBoundary } from '../components/StateBoundary';
import { TextCell } from '../components/TextCell';
import { usePages } from '../data/usePages';
import { useTexts } from '../texts/useTexts';
import styles from './Profile.module.css';
import { MoreButton } from './MoreButton';
import { usersByOwner } from './usersByOwner';

const PAGE_SIZE = 100;

type UserRow = ProfileUser & { id: string };

/** Props of {@link UsersTab}. */
export interface UsersTabProps {
  profile: ProfileDetail;
}

/** Whose containers run under a profile, by owner. */
export function UsersTab(props: UsersTabProps) {
  const { profile } = props;
  const profileId = profile.id;
  const api = useApi(securityProfilesApiRef);
  const { t, maybe, locale } = useTexts();
  const loadPage = useCallback(
    async (cursor: string | undefined, signal: AbortSignal) =>
      (
        await api.request('get', '/profiles/{profileId}/users', {
          params: { path: { profileId }, query: { cursor, limit: PAGE_SIZE } },
          signal,
        })
      ).data!,
    [api, profileId],
  );
  const pages = usePages(loadPage);
  const columns: ColumnConfig<UserRow>[] = [
    {
      id: 'entity',
      label: t('profilePage.entity'),
      isRowHeader: true,
      defaultWidth: '2fr',
      minWidth: 160,
      cell: ({ entityRef }) => (
        <Cell>
          <span className={lists.text}>
            <EntityName entityRef={entityRef} />
          </span>
        </Cell>
      ),
    },
    {
      id: 'containers',
      label: t('containers.title'),
      minWidth: 110,
      cell: ({ containers }) => (
        <TextCell>{containers.toLocaleString(locale)}</TextCell>
      ),
    },
    {
      id: 'pods',
      label: t('containers.pods'),
      minWidth: 90,
      cell: ({ pods }) => <TextCell>{pods.toLocaleString(locale)}</TextCell>,
    },
    {
      id: 'claim',
      label: t('profilePage.claim'),
      minWidth: 150,
      cell: ({ claim }) => (
        <TextCell>{maybe(`profilePage.claimValue.${claim}`) ?? claim}</TextCell>
      ),
    },
  ];
  return (
    <Section headingLevel={3} title={t('profilePage.users')}>
      <StateBoundary
        loaded={pages.loaded}
        what="state.what.users"
        forbidden="state.notFound"
        skeleton={[40, 160]}
      >
        {first => (
          <>
            {first.totalItems === 0 ? (
              <p className={lists.text}>{t('profilePage.usersNone')}</p>
            ) : null}
            {usersByOwner(pages.items, first.owners ?? []).map(group => (
              <div key={group.ownerRef ?? ''} className={styles.group}>
                <h4 className={styles.subtitle}>
                  {group.ownerRef ? (
                    <EntityName entityRef={group.ownerRef} />
                  ) : (
                    t('profilePage.noOwner')
                  )}{' '}
                  <span className={lists.small}>
                    {t('profilePage.entities', { count: group.entities })}
                    {', '}
                    {t('reviews.pods', { count: group.pods })}
                  </span>
                </h4>
                <ResponsiveTable
                  columns={columns}
                  rows={group.users.map(user => ({
                    ...user,
                    id: user.entityRef,
                  }))}
                />
              </div>
            ))}
            {pages.error ? (
              <Alert
                status="warning"
                icon
                title={t('state.error', { what: t('state.what.users') })}
              />
            ) : null}
            <MoreButton pages={pages} />
            {first.hidden > 0 ? (
              <p className={lists.text}>
                {t('profilePage.hidden', { count: first.hidden })}
              </p>
            ) : null}
            {first.unclaimed && first.unclaimed.workloads > 0 ? (
              <p className={lists.text}>
                {t('profilePage.unclaimed', {
                  count: first.unclaimed.workloads,
                  pods: t('reviews.pods', { count: first.unclaimed.pods }),
                })}
              </p>
            ) : null}
          </>
        )}
      </StateBoundary>
    </Section>
  );
}
