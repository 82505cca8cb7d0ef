// All pods in pages of JSON, parsed and thrown away: what any reader of JSON pays before it does anything.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { checkout } from '../../../tools/toolchain/checkout.mjs';
import { measured, report } from './measured.mjs';

const { Agent, request } = createRequire(
  join(checkout, 'plugins', 'security-profiles-backend', 'package.json'),
)('undici');

await report(async ({ kubeconfig }) => {
  const config = JSON.parse(await readFile(kubeconfig, 'utf8'));
  const { server, ...cluster } = config.clusters[0].cluster;
  const dispatcher = new Agent({
    connect: {
      ca: Buffer.from(cluster['certificate-authority-data'], 'base64'),
    },
  });
  const headers = { authorization: `Bearer ${config.users[0].user.token}` };
  return measured(
    async () => {
      let pods = 0;
      let bytes = 0;
      let token = '';
      do {
        const { body } = await request(
          `${server}/api/v1/pods?limit=500&continue=${encodeURIComponent(
            token,
          )}`,
          { dispatcher, headers },
        );
        const text = await body.text();
        bytes += text.length;
        const page = JSON.parse(text);
        pods += page.items.length;
        token = page.metadata.continue ?? '';
      } while (token);
      return { pods, bytes };
    },
    ({ pods }) => pods,
  );
});
