// The same pages of pods, decoded and projected on the main thread in chunks that yield, or in a worker thread that
// hands the projections over. Both end with the projections in the index. Started with the transform of TypeScript.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { checkout } from '../../../tools/toolchain/checkout.mjs';
import { measured, report } from './measured.mjs';

const require = createRequire(
  join(checkout, 'plugins', 'security-profiles-backend', 'package.json'),
);
const ours = path =>
  require(join(
    checkout,
    'plugins',
    'security-profiles-backend',
    'src',
    `${path}.ts`,
  ));
const { ProtobufAnswerReader } = ours(
  'clusters/kubernetesApi/protobuf/ProtobufAnswerReader',
);
const { wantedFields } = ours('clusters/kubernetesApi/protobuf/wantedFields');
const { projectPod } = ours('collect/projections/projectPod');

const reader = new ProtobufAnswerReader({
  wanted: wantedFields.get('pods/v1'),
});

async function project(bytes) {
  const { items } = await reader.list(Buffer.from(bytes));
  return items.map(projectPod);
}

async function readPages(kubeconfig) {
  const { Agent, request } = require('undici');
  const config = JSON.parse(await readFile(kubeconfig, 'utf8'));
  const { server, ...cluster } = config.clusters[0].cluster;
  const dispatcher = new Agent({
    connect: {
      ca: Buffer.from(cluster['certificate-authority-data'], 'base64'),
    },
  });
  const pages = [];
  let token = '';
  do {
    const { body } = await request(
      `${server}/api/v1/pods?limit=500&continue=${encodeURIComponent(token)}`,
      {
        dispatcher,
        headers: {
          authorization: `Bearer ${config.users[0].user.token}`,
          accept: 'application/vnd.kubernetes.protobuf',
        },
      },
    );
    const bytes = await body.bytes();
    const page = await reader.list(Buffer.from(bytes));
    pages.push(new Uint8Array(bytes));
    token = page.continueToken ?? '';
  } while (token);
  return pages;
}

async function main({ kubeconfig, way }) {
  const { WorkloadIndex } = ours('collect/WorkloadIndex');
  const pages = await readPages(kubeconfig);
  const index = new WorkloadIndex({ clusterId: 'bench' });
  let pods = 0;
  const take = facts => {
    for (const pod of facts) {
      pods += 1;
      index.putPod(`${pod.namespace}\n${pod.name}`, pod);
    }
  };
  let projectPage = project;
  let worker;
  if (way === 'worker') {
    worker = new Worker(new URL(import.meta.url), {
      execArgv: process.execArgv.filter(flag => flag !== '--expose-gc'),
    });
    projectPage = bytes =>
      new Promise((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
        worker.postMessage(bytes, [bytes.buffer]);
      });
    // It has loaded its code, and has compiled it.
    await projectPage(new Uint8Array(pages[0]));
  } else {
    await project(pages[0]);
  }
  const before = performance.eventLoopUtilization();
  const result = await measured(
    async () => {
      for (const page of pages) {
        take(await projectPage(page));
        await new Promise(resolve => setImmediate(resolve));
      }
      return { pods };
    },
    () => pods,
  );
  const { active } = performance.eventLoopUtilization(before);
  await worker?.terminate();
  return { way, mainThreadBusyMs: Math.round(active), ...result };
}

if (isMainThread) {
  await report(main);
} else {
  parentPort.on('message', async bytes => {
    parentPort.postMessage(await project(bytes));
  });
}
