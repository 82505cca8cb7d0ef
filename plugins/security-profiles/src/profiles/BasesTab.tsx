import { Alert, Link } from '@backstage/ui';
import type {
  ProfileBase,
  ProfileDetail,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import { Chip } from '../components/Chip';
import lists from '../components/Lists.module.css';
import { Section } from '../components/Section';
import { Terms } from '../components/Term';
import { useProfileLinks } from '../data/useProfileLinks';
import { useTexts } from '../texts/useTexts';
import styles from './Profile.module.css';

interface BaseItemProps {
  base: ProfileBase;
}

function BaseItem(props: BaseItemProps) {
  const { base } = props;
  const { t, maybe } = useTexts();
  const links = useProfileLinks();
  const href =
    base.profileId && base.from !== 'own'
      ? links.profile(base.profileId)
      : undefined;
  const { brought, broughtBeyond } = base;
  return (
    <li>
      <div className={lists.row}>
        {href ? (
          <Link href={href}>
            <span dir="auto" translate="no">
              {base.name}
            </span>
          </Link>
        ) : (
          <span className={lists.strong} dir="auto" translate="no">
            {base.name}
          </span>
        )}
        <Chip
          tone={base.from === 'missing' ? 'warning' : 'neutral'}
          border={base.from === 'missing' ? 'dashed' : 'solid'}
        >
          {maybe(`profilePage.from.${base.from}`) ?? base.from}
        </Chip>
        {base.pinned === undefined ? null : (
          <Chip tone={base.pinned ? 'positive' : 'warning'}>
            {t(base.pinned ? 'profilePage.pinned' : 'profilePage.notPinned')}
          </Chip>
        )}
      </div>
      <span>
        {typeof brought === 'number'
          ? t('profilePage.brought', { count: brought })
          : t('profilePage.broughtUnknown')}
        {typeof broughtBeyond === 'number' && broughtBeyond > 0
          ? `, ${t('profilePage.broughtBeyond', { count: broughtBeyond })}`
          : null}
      </span>
    </li>
  );
}

/** Props of {@link BasesTab}. */
export interface BasesTabProps {
  profile: ProfileDetail;
}

/** Where the rules come from: the chain from the root to the profile itself, and what each of them brought. */
export function BasesTab(props: BasesTabProps) {
  const { profile } = props;
  const { t, maybe } = useTexts();
  const problems = profile.problems.filter(({ id }) => id.includes('base'));
  return (
    <Section headingLevel={3} title={t('profilePage.bases')}>
      <Terms terms={['base profile']} />
      {problems.map(({ id, because }) => (
        <Alert key={id} status="warning" icon title={because} />
      ))}
      <p className={lists.text}>
        {maybe(`profilePage.resolution.${profile.resolution}`) ??
          profile.resolution}
      </p>
      <ol className={styles.chain}>
        {profile.chain.map((base, index) => (
          <BaseItem key={`${index}/${base.name}`} base={base} />
        ))}
      </ol>
    </Section>
  );
}
