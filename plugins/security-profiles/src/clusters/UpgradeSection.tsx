import { Link } from '@backstage/ui';
import type {
  CiliumDataplane,
  ClusterDetail,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import lists from '../components/Lists.module.css';
import { Section } from '../components/Section';
import { useTexts } from '../texts/useTexts';
import { PlanDialog } from './PlanDialog';
import { PlanMark } from './PlanMark';

interface NamedListProps {
  name: string;
  items: readonly string[];
}

function NamedList(props: NamedListProps) {
  const { name, items } = props;
  return items.length === 0 ? null : (
    <>
      <dt>{name}</dt>
      <dd>
        <ul className={lists.plain}>
          {items.map(item => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      </dd>
    </>
  );
}

interface StepProps {
  step: CiliumDataplane['path'][number];
}

function Step(props: StepProps) {
  const { step } = props;
  const { t } = useTexts();
  const { from, to } = step;
  return (
    <li>
      <strong>
        {t(step.kind === 'minor' ? 'upgrade.stepMinor' : 'upgrade.stepPatch', {
          from,
          to,
        })}
      </strong>
      <dl className={lists.facts}>
        <NamedList
          name={t('upgrade.first')}
          items={step.obstacles.map(({ text }) => text)}
        />
        <NamedList name={t('upgrade.changes')} items={step.notes} />
        <NamedList name={t('upgrade.before')} items={step.before} />
        <NamedList name={t('upgrade.after')} items={step.after} />
        <dt>{t('upgrade.read')}</dt>
        <dd className={lists.row}>
          {step.links.map(({ text, url }) => (
            <Link key={url} href={url}>
              {text}
            </Link>
          ))}
        </dd>
      </dl>
    </li>
  );
}

/** Props of {@link UpgradeSection}. */
export interface UpgradeSectionProps {
  cluster: ClusterDetail;
  now: number;
  onNoted(): void;
}

/** The way to a maintained version, step by step, and when it is planned. */
export function UpgradeSection(props: UpgradeSectionProps) {
  const { cluster, now, onNoted } = props;
  const { t } = useTexts();
  const { dataplane, cilium } = cluster;
  if (!dataplane) {
    return null;
  }
  const { path, support } = dataplane;
  const isNewest = cilium.patchesBehind === 0;
  return (
    <Section
      headingLevel={3}
      anchor="upgrade"
      title={t('upgrade.title')}
      actions={
        cluster.viewerMay.includes('plan') ? (
          <PlanDialog cluster={cluster} onNoted={onNoted} />
        ) : undefined
      }
    >
      {cilium.plan ? <PlanMark plan={cilium.plan} now={now} /> : null}
      {support ? (
        <p className={lists.text}>{t('upgrade.vendor', { support })}</p>
      ) : null}
      {path.length === 0 && !support ? (
        <p className={lists.text}>
          {isNewest
            ? t('upgrade.none')
            : t('upgrade.noneKnown', { reason: t('upgrade.noneKnownReason') })}
        </p>
      ) : null}
      {path.length > 0 ? (
        <ol>
          {path.map(step => (
            <Step key={step.to} step={step} />
          ))}
        </ol>
      ) : null}
    </Section>
  );
}
