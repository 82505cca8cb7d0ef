// How long all verdicts about the dataplane take. `node bench/dataplane/main.mjs [--out FILE]`; see bench/README.md.
import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { importTypeScript } from '../../tools/generate/importTypeScript.mjs';

const { values } = parseArgs({ options: { out: { type: 'string' } } });
const core = await importTypeScript(
  new URL('../../packages/analysis/src/index.ts', import.meta.url),
);

const clusters = 100;
const nodesPerCluster = 500;
const target = 200;
const runs = 21;
const now = '2026-11-23T10:00:00Z';

const dataOf = async name =>
  JSON.parse(
    await readFile(
      new URL(
        `../../plugins/security-profiles-backend/src/dataplane/${name}`,
        import.meta.url,
      ),
      'utf8',
    ),
  );
const releases = core.parseReleaseFeed(await dataOf('ciliumReleases.json'), {
  now,
});
const advisories = core.parseAdvisoryFeed(
  await dataOf('ciliumAdvisories.json'),
  { now },
);
const feed = {
  releases: releases.items,
  releasesAsOf: releases.asOf,
  advisories: advisories.items,
  advisoriesAsOf: advisories.asOf,
};

const versions = ['1.16.19', '1.17.17', '1.18.10', '1.19.7', '1.20.1'];
const kernels = [
  '6.8.0-51-generic',
  '5.14.0-503.40.1.el9_5.x86_64',
  '4.18.0-553.el8_10.x86_64',
  '6.12.88-119.157.amzn2023.x86_64',
  '5.4.0-200-generic',
];
const digestOf = new Map(
  feed.releases.map(({ tag, agent_image_digest: digest }) => [tag, digest]),
);

/** A cluster in the middle of a roll-out, every node with its own strings, as they come from a database. */
function facts(cluster) {
  const first = versions[cluster % versions.length];
  const second = versions[(cluster + 1) % versions.length];
  const nodes = [];
  const agents = [];
  for (let index = 0; index < nodesPerCluster; index += 1) {
    const name = `node-${String(index).padStart(4, '0')}`;
    const version = index % 3 === 0 ? second : first;
    nodes.push({
      name,
      kernel: kernels[index % kernels.length],
      architecture: index % 2 === 0 ? 'amd64' : 'arm64',
      operatingSystem: 'linux',
      labels: { 'kubernetes.io/os': 'linux', zone: `z-${index % 3}` },
      taints: [],
      ready: 'yes',
    });
    if (index % 100 !== 99) {
      agents.push({
        nodeName: name,
        image: `quay.io/cilium/cilium:v${version}@${digestOf.get(
          `v${version}`,
        )}`,
        imageId: `quay.io/cilium/cilium@${digestOf.get(`v${version}`)}`,
        statusImage: `quay.io/cilium/cilium:v${version}`,
        chart: `cilium-${version}`,
        phase: 'Running',
        ready: index % 50 === 0 ? 'no' : 'yes',
        createdAt: '2026-11-23T09:30:00Z',
        startedAt: '2026-11-23T09:30:00Z',
      });
    }
  }
  return JSON.parse(
    JSON.stringify({
      nodes,
      agents,
      kubernetes: 'v1.33.1',
      daemonSet: {
        namespace: 'kube-system',
        name: 'cilium',
        image: `quay.io/cilium/cilium:v${second}`,
        strategy: 'RollingUpdate',
        desired: nodesPerCluster,
        updated: 300,
        ready: 490,
      },
      placement: { tolerations: [{ operator: 'Exists' }] },
      operator: { image: `quay.io/cilium/operator-generic:v${second}` },
      components: ['hubble-ui'],
      config: {
        namespace: 'kube-system',
        values: { 'enable-gateway-api': 'true', 'enable-wireguard': 'true' },
        changedAt: '2026-11-23T09:45:00Z',
      },
      nodeConfigs: [],
    }),
  );
}

const all = Array.from({ length: clusters }, (_, index) => facts(index));
const judgeAll = () =>
  all.map(cluster => core.judgeDataplane(cluster, feed, now));

const applying = judgeAll().reduce(
  (sum, { advisoryCounts }) => sum + advisoryCounts.applies,
  0,
);
console.log(
  `Subject: ${clusters} clusters of ${nodesPerCluster} nodes, ${feed.releases.length} releases, ${feed.advisories.length} advisories; ${applying} apply in all.`,
);

const times = [];
for (let run = 0; run < runs; run += 1) {
  const start = performance.now();
  judgeAll();
  times.push(performance.now() - start);
}
times.sort((a, b) => a - b);
const result = {
  name: 'all verdicts of 100 clusters with 500 nodes',
  unit: 'ms',
  target,
  runs,
  median: round(times[Math.floor(runs / 2)]),
  p95: round(times[Math.ceil(runs * 0.95) - 1]),
  best: round(times[0]),
};
console.table([result]);
if (values.out) {
  await writeFile(
    values.out,
    `${JSON.stringify(
      { node: process.version, cpu: cpus()[0]?.model, results: [result] },
      null,
      2,
    )}\n`,
  );
}
process.exitCode = result.median <= target ? 0 : 1;

function round(milliseconds) {
  return Math.round(milliseconds * 10) / 10;
}
