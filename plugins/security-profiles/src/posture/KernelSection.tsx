import { useMemo } from 'react';
import { Cell, type ColumnConfig } from '@backstage/ui';
import type {
  Elevation,
  Posture,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import { SeverityMark } from '../components/FindingMark';
import { TextCell } from '../components/TextCell';
import lists from '../components/Lists.module.css';
import { ResponsiveTable } from '../components/ResponsiveTable';
import { Section } from '../components/Section';
import { Terms } from '../components/Term';
import { formatList } from '../texts/formatTime';
import { useTexts } from '../texts/useTexts';
import { containerRows, type ContainerRow } from './containerRows';
import { elevationText } from './elevationText';

interface ElevationRow {
  id: string;
  elevation: Elevation;
  row: ContainerRow;
}

const RISKS = ['critical', 'high', 'medium', 'low'];

function riskRank(risk: string): number {
  const rank = RISKS.indexOf(risk);
  return rank === -1 ? 0 : rank;
}

/** Every elevation of an entity's containers, riskiest first; clusters that agree share a row. */
export function elevationRows(posture: Pick<Posture, 'workloads'>) {
  return containerRows(posture.workloads, 'workload')
    .flatMap(row =>
      row.container.elevations.map(
        (elevation): ElevationRow => ({
          id: `${row.id}/${elevation.id}/${elevation.field}`,
          elevation,
          row,
        }),
      ),
    )
    .sort((a, b) => riskRank(a.elevation.risk) - riskRank(b.elevation.risk));
}

/** Props of {@link KernelSection}. */
export interface KernelSectionProps {
  posture: Posture;
}

/** The kernel-level privileges that the containers ask for. */
export function KernelSection(props: KernelSectionProps) {
  const { posture } = props;
  const texts = useTexts();
  const { t } = texts;
  const rows = useMemo(() => elevationRows(posture), [posture]);
  const hasGrants = rows.some(({ row }) => row.container.grant);
  const columns: ColumnConfig<ElevationRow>[] = [
    {
      id: 'elevation',
      label: t('kernel.elevation'),
      isRowHeader: true,
      defaultWidth: '1.5fr',
      minWidth: 140,
      cell: ({ elevation }) => (
        <Cell>
          <div className={lists.cell}>
            <span className={lists.strong} translate="no">
              {elevationText(texts, elevation)}
            </span>
            {elevation.because ? (
              <span className={lists.small}>{elevation.because}</span>
            ) : null}
          </div>
        </Cell>
      ),
    },
    {
      id: 'risk',
      label: t('kernel.risk'),
      defaultWidth: '0.8fr',
      minWidth: 100,
      cell: ({ elevation }) => (
        <Cell>
          <SeverityMark severity={elevation.risk} />
        </Cell>
      ),
    },
    {
      id: 'container',
      label: t('kernel.container'),
      defaultWidth: '1.5fr',
      minWidth: 140,
      cell: ({ row }) => (
        <Cell>
          <div className={lists.cell} dir="auto">
            <span>{row.container.name}</span>
            <span className={lists.small}>
              {row.workload.kind} {row.workload.name}
            </span>
          </div>
        </Cell>
      ),
    },
    {
      id: 'where',
      label: t('kernel.where'),
      defaultWidth: '1fr',
      minWidth: 110,
      cell: ({ row }) => (
        <Cell>
          <div className={lists.cell}>
            <span>{formatList(row.clusters)}</span>
            <span className={lists.small}>{row.workload.namespace}</span>
          </div>
        </Cell>
      ),
    },
    {
      id: 'field',
      label: t('kernel.field'),
      defaultWidth: '2fr',
      minWidth: 160,
      cell: ({ elevation }) => (
        <Cell>
          <code className={lists.code} translate="no">
            {elevation.field}
            {elevation.value ? ` = ${elevation.value}` : ''}
          </code>
        </Cell>
      ),
    },
    {
      id: 'grant',
      label: t('kernel.grant'),
      isHidden: !hasGrants,
      minWidth: 90,
      cell: ({ row }) => (
        <TextCell>
          {row.container.grant?.approval ?? t('kernel.noGrant')}
        </TextCell>
      ),
    },
  ];
  const isComplete =
    posture.coverage.clusters.notCollected === 0 && posture.level !== 'unknown';
  return (
    <Section headingLevel={3} anchor="kernel" title={t('kernel.title')}>
      {rows.length === 0 ? (
        <p className={lists.text}>
          {t(isComplete ? 'kernel.none' : 'kernel.noneAtLeast')}
        </p>
      ) : (
        <>
          <Terms terms={['elevation', 'capability', 'privileged']} />
          <ResponsiveTable columns={columns} rows={rows} />
        </>
      )}
    </Section>
  );
}
