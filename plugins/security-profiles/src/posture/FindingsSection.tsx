import { useEffect, useId, useRef, useState } from 'react';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Button,
  Link,
  Select,
} from '@backstage/ui';
import type {
  Evidence,
  Finding,
  Posture,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import { FindingMark } from '../components/FindingMark';
import lists from '../components/Lists.module.css';
import { PatchBlock } from '../components/PatchBlock';
import { useCopy } from '../components/useCopy';
import { useDocsLink } from '../data/useDocsLink';
import { useUrlState } from '../data/useUrlState';
import { useTexts } from '../texts/useTexts';
import styles from './FindingsSection.module.css';
import { RichText } from './RichText';

const SHOWN_EVIDENCE = 3;
const STATUS_ORDER = [
  'fail',
  'unknown',
  'warn',
  'waived',
  'pass',
  'not-applicable',
];
const SEVERITY_ORDER = ['critical', 'high', 'medium', 'low'];

type StatusGroup = string;

/** The group of a finding in the list: a waived problem stands by itself, whatever its verdict. */
export function statusGroup(
  finding: Pick<Finding, 'status' | 'waiver'>,
): StatusGroup {
  const isProblem = finding.status === 'fail' || finding.status === 'warn';
  return isProblem && finding.waiver ? 'waived' : finding.status;
}

function rank(order: readonly string[], value: string): number {
  const index = order.indexOf(value);
  // A value of a newer server stands with what is not known, not last.
  return index === -1 ? 1 : index;
}

/** Fail first, then unknown, warn, waived, pass, not applicable; worse severities first. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) =>
      rank(STATUS_ORDER, statusGroup(a)) - rank(STATUS_ORDER, statusGroup(b)) ||
      rank(SEVERITY_ORDER, a.severity) - rank(SEVERITY_ORDER, b.severity) ||
      a.title.localeCompare(b.title),
  );
}

interface EvidenceLineProps {
  evidence: Evidence;
}

function EvidenceLine(props: EvidenceLineProps) {
  const { cluster, namespace, workload, container, field, value } =
    props.evidence;
  const place = [cluster, namespace].filter(Boolean).join('/');
  return (
    <li>
      {[place, workload, container].filter(Boolean).join(', ')}
      {field ? (
        <>
          {' '}
          <code className={lists.code} translate="no">
            {field}
            {value ? ` = ${value}` : ''}
          </code>
        </>
      ) : null}
      {!field && value ? ` ${value}` : null}
    </li>
  );
}

interface ReadOnProps {
  finding: Finding;
}

/** Where a finding is explained, and an address that leads somebody else to it. */
function ReadOn(props: ReadOnProps) {
  const { id, title } = props.finding;
  const { t } = useTexts();
  const docs = useDocsLink();
  const url = useUrlState();
  const { outcome, copy } = useCopy(
    `${window.location.origin}${window.location.pathname}${url.href({
      finding: id,
      findings: undefined,
    })}`,
  );
  const page = `findings.md#${id}`;
  const href = docs(page);
  return (
    <div className={lists.row}>
      {href ? (
        <Link
          href={href}
          target="_blank"
          aria-label={t('finding.docsOf', { title })}
        >
          {t('finding.docs')}
        </Link>
      ) : (
        <span className={lists.small}>
          {t('finding.docsAt', { page: `docs/${page}` })}
        </span>
      )}
      <Button
        variant="tertiary"
        size="small"
        aria-label={t('finding.copyLinkOf', { title })}
        onPress={copy}
      >
        {outcome === 'copied' ? t('patch.copied') : t('finding.copyLink')}
      </Button>
      {outcome === 'failed' ? <span>{t('patch.copyFailed')}</span> : null}
    </div>
  );
}

interface FindingItemProps {
  finding: Finding;
  isAsked: 'yes' | 'no';
}

function FindingItem(props: FindingItemProps) {
  const { finding, isAsked } = props;
  const { t, maybe } = useTexts();
  const id = useId();
  const ref = useRef<HTMLElement>(null);
  const [isExpanded, setExpanded] = useState(false);
  useEffect(() => {
    if (isAsked === 'yes') {
      ref.current?.scrollIntoView?.({ block: 'center' });
      ref.current?.focus();
    }
  }, [isAsked]);
  const evidence = isExpanded
    ? finding.evidence
    : finding.evidence.slice(0, SHOWN_EVIDENCE);
  const more = finding.evidence.length - evidence.length;
  return (
    <li>
      <article
        ref={ref}
        tabIndex={-1}
        aria-labelledby={id}
        className={styles.finding}
      >
        <div className={lists.row}>
          <FindingMark finding={finding} />
          <span id={id} className={lists.strong}>
            {finding.title}
          </span>
          {finding.status !== 'pass' && finding.status !== 'not-applicable' ? (
            <span>
              {maybe(`findings.responsible.${finding.responsible}`) ??
                finding.responsible}
            </span>
          ) : null}
        </div>
        <p className={lists.text}>
          <RichText text={finding.reason} />
        </p>
        {evidence.length > 0 ? (
          <>
            <p className={lists.text}>{t('findings.evidence')}</p>
            <ul className={styles.evidence}>
              {evidence.map((item, index) => (
                <EvidenceLine key={index} evidence={item} />
              ))}
            </ul>
            {more > 0 ? (
              <div>
                <Button variant="tertiary" onPress={() => setExpanded(true)}>
                  {t('findings.evidenceMore', { count: more })}
                </Button>
              </div>
            ) : null}
            {more === 0 && finding.evidenceTotal > finding.evidence.length ? (
              <p className={lists.text}>
                {t('findings.evidenceLeft', {
                  shown: finding.evidence.length,
                  count: finding.evidenceTotal,
                })}
              </p>
            ) : null}
          </>
        ) : null}
        {finding.fixes.map(fix => (
          <div key={fix.text} className={styles.fix}>
            <p className={lists.text}>
              {t('findings.fix')}: <RichText text={fix.text} />
            </p>
            {fix.patch ? (
              <PatchBlock patch={fix.patch} purpose={fix.text} />
            ) : null}
          </div>
        ))}
        <ReadOn finding={finding} />
      </article>
    </li>
  );
}

/** Props of {@link FindingsSection}. */
export interface FindingsSectionProps {
  posture: Posture;
}

/** Every check with its verdict and evidence, folded until somebody doubts. */
export function FindingsSection(props: FindingsSectionProps) {
  const { posture } = props;
  const { t, maybe } = useTexts();
  const url = useUrlState();
  const asked = url.get('finding');
  const filter = url.get('findings');
  const [isOpen, setOpen] = useState(false);
  const [isUnfolded, setUnfolded] = useState(false);
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (asked !== undefined || filter !== undefined) {
      setOpen(true);
    }
    if (filter !== undefined) {
      ref.current?.scrollIntoView?.({ block: 'start' });
    }
  }, [asked, filter]);

  const sorted = sortFindings(posture.findings);
  const groups = [...new Set(sorted.map(statusGroup))];
  const isGone =
    asked !== undefined && !posture.findings.some(({ id }) => id === asked);
  const isFiltered = filter !== undefined && groups.includes(filter);
  const isFolded = (finding: Finding) =>
    !isFiltered &&
    !isUnfolded &&
    finding.id !== asked &&
    (finding.status === 'pass' || finding.status === 'not-applicable');
  const inFilter = sorted.filter(
    finding =>
      !isFiltered || statusGroup(finding) === filter || finding.id === asked,
  );
  const folded = inFilter.filter(isFolded);
  const passes = folded.filter(({ status }) => status === 'pass').length;
  const others = folded.length - passes;
  return (
    <div ref={ref} id="findings">
      <Accordion isExpanded={isOpen} onExpandedChange={setOpen}>
        <AccordionTrigger
          level={3}
          title={t('findings.titleCount', { count: posture.findings.length })}
        />
        <AccordionPanel>
          <div className={styles.panel}>
            {posture.findings.length === 0 ? (
              <p className={lists.text}>{t('findings.none')}</p>
            ) : (
              <div className={styles.filter}>
                <Select
                  label={t('findings.filter')}
                  selectedKey={isFiltered ? filter : 'all'}
                  onSelectionChange={key =>
                    url.set({
                      findings: key === 'all' ? undefined : String(key),
                    })
                  }
                  options={[
                    { value: 'all', label: t('findings.all') },
                    ...groups.map(group => ({
                      value: group,
                      label:
                        group === 'waived'
                          ? t('counts.waived', {
                              count: posture.counts.waived,
                            })
                          : maybe(`status.${group}`) ?? group,
                    })),
                  ]}
                />
              </div>
            )}
            {isGone ? (
              <p className={lists.text}>{t('finding.gone', { id: asked })}</p>
            ) : null}
            {filter !== undefined && !isFiltered ? (
              <p className={lists.text}>
                {t('containers.ignored', { value: filter })}
              </p>
            ) : null}
            <ul className={lists.plain}>
              {inFilter
                .filter(finding => !isFolded(finding))
                .map((finding, index) => (
                  <FindingItem
                    key={`${finding.id}/${index}`}
                    finding={finding}
                    isAsked={finding.id === asked && isOpen ? 'yes' : 'no'}
                  />
                ))}
            </ul>
            {folded.length > 0 ? (
              <div>
                <Button variant="secondary" onPress={() => setUnfolded(true)}>
                  {[
                    passes > 0
                      ? t('findings.showPass', { count: passes })
                      : undefined,
                    others > 0
                      ? t('findings.showNotApplicable', { count: others })
                      : undefined,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </Button>
              </div>
            ) : null}
          </div>
        </AccordionPanel>
      </Accordion>
    </div>
  );
}
