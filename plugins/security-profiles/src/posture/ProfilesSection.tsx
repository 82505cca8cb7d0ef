import { Cell, Link, type ColumnConfig } from '@backstage/ui';
import type {
  Posture,
  PostureProfile,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import { Chip } from '../components/Chip';
import { TextCell } from '../components/TextCell';
import lists from '../components/Lists.module.css';
import { ModeChip } from '../components/ModeChip';
import { ResponsiveTable } from '../components/ResponsiveTable';
import { Section } from '../components/Section';
import { Terms } from '../components/Term';
import { useProfileLinks } from '../data/useProfileLinks';
import { formatList } from '../texts/formatTime';
import { shortDigest } from '../texts/shortDigest';
import { useTexts } from '../texts/useTexts';

const SHOWN_MISSING = 3;

interface ProfileNameProps {
  /** Undefined where the app has no page for it. */
  href: string | undefined;
  children: string;
}

function ProfileName(props: ProfileNameProps) {
  const name = (
    <span className={lists.strong} dir="auto" translate="no">
      {props.children}
    </span>
  );
  return props.href ? <Link href={props.href}>{name}</Link> : name;
}

/** Props of {@link ProfilesSection}. */
export interface ProfilesSectionProps {
  posture: Posture;
}

/** The profiles that the containers name: where they are installed, and whether they enforce. */
export function ProfilesSection(props: ProfilesSectionProps) {
  const { posture } = props;
  const { t } = useTexts();
  const links = useProfileLinks();
  const missingText = (profile: PostureProfile) => {
    const { missing, missingTotal } = profile.installed;
    const shown = missing.slice(0, SHOWN_MISSING);
    return missingTotal > shown.length
      ? t('profiles.missingMore', {
          nodes: formatList(shown),
          count: missingTotal - shown.length,
        })
      : t('profiles.missing', {
          nodes: formatList(shown),
          count: shown.length,
        });
  };
  const columns: ColumnConfig<PostureProfile>[] = [
    {
      id: 'name',
      label: t('profiles.name'),
      isRowHeader: true,
      defaultWidth: '2fr',
      minWidth: 150,
      cell: profile => (
        <Cell>
          <div className={lists.cell}>
            <ProfileName href={links.profile(profile.id)}>
              {profile.name}
            </ProfileName>
            {profile.namespace ? (
              <span className={lists.small}>{profile.namespace}</span>
            ) : null}
          </div>
        </Cell>
      ),
    },
    {
      id: 'kind',
      label: t('profiles.kind'),
      minWidth: 130,
      defaultWidth: '1.2fr',
      cell: profile => <TextCell>{profile.kind}</TextCell>,
    },
    {
      id: 'cluster',
      label: t('profiles.cluster'),
      minWidth: 110,
      cell: profile => <TextCell>{profile.cluster}</TextCell>,
    },
    {
      id: 'nodes',
      label: t('profiles.nodes'),
      minWidth: 130,
      defaultWidth: '1.2fr',
      cell: profile => {
        const { nodes, of, missingTotal } = profile.installed;
        return (
          <Cell>
            <div className={lists.cell}>
              {of === 0 ? (
                <Chip tone="neutral" border="dashed">
                  {t('profiles.nodesNone')}
                </Chip>
              ) : (
                <Chip tone={nodes < of ? 'warning' : 'neutral'}>
                  {t('profiles.nodesOf', { nodes, of })}
                </Chip>
              )}
              {missingTotal > 0 ? (
                <span className={lists.small}>{missingText(profile)}</span>
              ) : null}
            </div>
          </Cell>
        );
      },
    },
    {
      id: 'mode',
      label: t('profiles.mode'),
      minWidth: 120,
      cell: profile => (
        <Cell>
          <ModeChip mode={profile.mode} />
        </Cell>
      ),
    },
    {
      id: 'revision',
      label: t('profiles.content'),
      minWidth: 110,
      cell: profile => (
        <Cell>
          {profile.effectiveDigest ? (
            <code className={lists.code} translate="no">
              {shortDigest(profile.effectiveDigest)}
            </code>
          ) : (
            <Chip tone="neutral" border="dashed">
              {t('profiles.contentUnknown')}
            </Chip>
          )}
        </Cell>
      ),
    },
  ];
  return (
    <Section headingLevel={3} anchor="profiles" title={t('profiles.title')}>
      {posture.profiles.length === 0 ? (
        <p className={lists.text}>{t('profiles.none')}</p>
      ) : (
        <>
          <Terms terms={['installed on N of M nodes', 'mode', 'revision']} />
          <ResponsiveTable columns={columns} rows={posture.profiles} />
        </>
      )}
    </Section>
  );
}
