import type { ProfileDetail } from '@security-profiles/backstage-plugin-security-profiles-common';
import lists from '../components/Lists.module.css';
import { PatchBlock } from '../components/PatchBlock';
import { Section } from '../components/Section';
import { useTexts } from '../texts/useTexts';

/** Props of {@link YamlTab}. */
export interface YamlTabProps {
  profile: ProfileDetail;
}

/** The object as the cluster has it, for those who want to read it themselves. */
export function YamlTab(props: YamlTabProps) {
  const { yaml, names, labels, apiVersion, flags, architectures } =
    props.profile;
  const { t } = useTexts();
  const facts: [string, readonly string[] | undefined][] = [
    [t('profilePage.apiVersion'), apiVersion ? [apiVersion] : undefined],
    [t('profilePage.names'), names],
    [t('profilePage.architectures'), architectures],
    [t('profilePage.flags'), flags],
    [
      t('profilePage.labels'),
      Object.entries(labels).map(([name, value]) => `${name}=${value}`),
    ],
  ];
  return (
    <Section headingLevel={3} title={t('profilePage.yaml')}>
      <dl className={lists.facts}>
        {facts.map(([name, values]) =>
          values && values.length > 0 ? (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>
                {values.map(value => (
                  <div key={value}>
                    <code className={lists.code} translate="no">
                      {value}
                    </code>
                  </div>
                ))}
              </dd>
            </div>
          ) : null,
        )}
      </dl>
      {yaml.truncated ? (
        <p className={lists.text}>{t('profilePage.yamlTruncated')}</p>
      ) : null}
      <PatchBlock
        patch={{ format: 'yaml', body: yaml.text }}
        purpose={props.profile.name}
        copyLabel={t('profilePage.yamlCopy')}
      />
    </Section>
  );
}
