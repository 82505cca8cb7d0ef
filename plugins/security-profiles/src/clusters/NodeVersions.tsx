import { useCallback } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type { Node } from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { NodeGrid, type NodePattern } from '../components/NodeGrid';
import { useLoaded } from '../data/useLoaded';
import { useTexts } from '../texts/useTexts';

const PAGE = 200;
/** More than that is not looked at one by one. */
const MOST = 1000;

const PATTERNS: NodePattern[] = ['solid', 'hatch', 'lines', 'cross'];

/** Props of {@link NodeVersions}. */
export interface NodeVersionsProps {
  clusterId: string;
}

/** Every node of a cluster by the version of its agent; a square each where there are many. */
export function NodeVersions(props: NodeVersionsProps) {
  const { clusterId } = props;
  const api = useApi(securityProfilesApiRef);
  const { t } = useTexts();
  const load = useCallback(
    async (signal: AbortSignal) => {
      const nodes: Node[] = [];
      let cursor: string | undefined;
      do {
        const { data } = await api.request(
          'get',
          '/clusters/{clusterId}/nodes',
          {
            params: { path: { clusterId }, query: { limit: PAGE, cursor } },
            signal,
          },
        );
        nodes.push(...data!.items);
        cursor = data!.pageInfo.nextCursor;
      } while (cursor && nodes.length < MOST);
      return nodes;
    },
    [api, clusterId],
  );
  const { data } = useLoaded(load);
  if (!data || data.length === 0) {
    return null;
  }
  const versions = [
    ...new Set(data.flatMap(({ cilium }) => (cilium ? [cilium.version] : []))),
  ].sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  const rank = (node: Node) =>
    node.cilium ? versions.indexOf(node.cilium.version) : versions.length;
  return (
    <NodeGrid
      label={t('versionGrid.label')}
      items={[...data]
        .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
        .map(node => ({
          id: node.name,
          text: t('versionGrid.item', {
            name: node.name,
            version: node.cilium?.version ?? t('versionGrid.none'),
            kernel: node.kernel ?? '?',
          }),
          pattern: node.cilium
            ? PATTERNS[Math.min(rank(node), PATTERNS.length - 1)]
            : 'empty',
          outline: node.cilium?.ready === 'no' ? 'yes' : 'no',
        }))}
    />
  );
}
