import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import { checkout } from '../../tools/toolchain/checkout.mjs';
import { openDatabase } from './database.mjs';
import { serviceOf } from './objects.mjs';
import { startChild } from './processes.mjs';
import { durations } from './statistics.mjs';

const packageFolder = join(checkout, 'plugins', 'security-profiles-backend');
const { startPortalProcess } = await import(
  join(packageFolder, 'src', 'testing', 'startPortalProcess.ts')
);
const pollEveryMs = 20;
const visibleWithinMs = 10_000;
/** One change in so many is looked for: to look for all would be most of the load. */
const lookedFor = 10;

function component(index) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: serviceOf(index),
      namespace: 'default',
      annotations: { 'backstage.io/kubernetes-id': serviceOf(index) },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'team-bench' },
  };
}

const posturePath = index =>
  `/entities/component/default/${serviceOf(index)}/posture`;

/** The portal with many entities: its answers, how fast a changed pod is in them, and a peer's for the same entities. */
export async function measureAnswers(options) {
  const { kubeconfig, kind, objects, entities, requests, seconds, rate } =
    options;
  const database = await openDatabase(kind);
  let portal;
  let peer;
  try {
    portal = await startPortalProcess({
      packageFolder,
      portal: {
        name: 'portal',
        database: database.config,
        config: {
          clusters: [{ type: 'kubeconfig', name: 'bench', path: kubeconfig }],
        },
        entities: Array.from({ length: entities }, (_, i) => component(i)),
      },
      onLine() {},
    });
    const started = performance.now();
    // The last one is judged last, or nearly so.
    await until(async () => {
      const { items } = await portal.get('/clusters');
      const { workloads } = await portal.get(posturePath(0));
      await portal.get(posturePath(entities - 1));
      return (
        workloads.length > 0 &&
        items[0].sources.every(({ state }) =>
          ['fresh', 'not-installed'].includes(state),
        )
      );
    }, 600_000);
    const readySeconds = (performance.now() - started) / 1000;
    const withWorkloads = Math.min(objects.workloads, entities);
    const posture = await timed(requests, index =>
      portal.get(posturePath((index * 7919) % entities)),
    );
    const own = await timed(Math.min(requests, 200), index =>
      portal.get(posturePath((index * 7919) % withWorkloads)),
    );
    peer = await startChild('kubernetesPlugin', {
      kubeconfig,
      entities: Array.from({ length: withWorkloads }, (_, i) => component(i)),
    });
    const peers = await timed(Math.min(requests, 20), index =>
      askPeer(peer.message.url, (index * 7919) % withWorkloads),
    );
    await peer.stop();
    peer = undefined;
    const changes = await changing({ portal, objects, seconds, rate });
    return {
      database: kind,
      entities,
      readySeconds: Number(readySeconds.toFixed(1)),
      postureMs: durations(posture),
      postureWithWorkloadsMs: durations(own),
      kubernetesPluginMs: durations(peers),
      'posture ÷ kubernetes plugin, medians': Number(
        (durations(own).p50 / durations(peers).p50).toFixed(4),
      ),
      changes,
    };
  } finally {
    await peer?.stop();
    await portal?.kill('SIGTERM');
    await database.close();
  }
}

async function askPeer(url, index) {
  const answer = await fetch(
    `${url}/api/kubernetes/resources/workloads/query`,
    {
      method: 'POST',
      headers: {
        authorization: 'Bearer mock-user-token',
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        auth: {},
        entityRef: `component:default/${serviceOf(index)}`,
      }),
    },
  );
  const body = await answer.json();
  const resources = body.items?.[0]?.resources?.flatMap(
    ({ resources: found }) => found,
  );
  if (answer.status !== 200 || !resources?.length) {
    throw new Error(
      `The Kubernetes plugin answered ${answer.status}: ${JSON.stringify(
        body,
      ).slice(0, 500)}`,
    );
  }
}

/** Changes pods at a rate, and looks how long it takes until the HTTP API shows the new image. */
async function changing({ portal, objects, seconds, rate }) {
  const latencies = [];
  const looks = [];
  let late = 0;
  let made = 0;
  const start = performance.now();
  for (; made < seconds * rate; made += 1) {
    const ahead = made / rate - (performance.now() - start) / 1000;
    if (ahead > 0) await delay(ahead * 1000);
    const workload = (made * 31) % objects.workloads;
    const image = `registry.example/changed:${made}`;
    const changed = objects.changeImage({ workload, pod: made % 20, image });
    if (made % lookedFor === 0) {
      looks.push(
        changed.then(async () => {
          const answered = performance.now();
          const seen = await until(async () => {
            const { workloads } = await portal.get(posturePath(workload));
            return workloads.some(({ containers }) =>
              containers.some(container => container.image === image),
            );
          }, visibleWithinMs).catch(() => undefined);
          if (seen === undefined) late += 1;
          latencies.push(performance.now() - answered);
        }),
      );
    } else {
      looks.push(changed);
    }
  }
  const took = (performance.now() - start) / 1000;
  await Promise.all(looks);
  return {
    perSecond: Number((made / took).toFixed(1)),
    made,
    neverSeen: late,
    visibleAfterMs: durations(latencies),
  };
}

async function timed(count, ask) {
  for (let index = 0; index < Math.min(count, 20); index += 1) await ask(index);
  const times = [];
  for (let index = 0; index < count; index += 1) {
    const start = performance.now();
    await ask(index);
    times.push(performance.now() - start);
  }
  return times;
}

async function until(check, limit) {
  const start = performance.now();
  for (;;) {
    if (await check().catch(() => false)) return performance.now() - start;
    if (performance.now() - start > limit) {
      throw new Error('Waited in vain for the portal');
    }
    await delay(pollEveryMs);
  }
}
