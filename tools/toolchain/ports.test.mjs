import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import { checkPorts, isPortTaken, readPort } from './ports.mjs';

async function listen(host) {
  const server = createServer().listen(0, host);
  await new Promise((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  return {
    port: server.address().port,
    close: () => new Promise(resolve => server.close(resolve)),
  };
}

describe('ports', () => {
  for (const host of ['127.0.0.1', '0.0.0.0']) {
    it(`are taken while something listens on ${host}, and free after`, async () => {
      const server = await listen(host);
      assert.equal(await isPortTaken(server.port), true);
      await server.close();
      assert.equal(await isPortTaken(server.port), false);
    });
  }

  it('that are taken are all named, with a command that would work', async () => {
    const server = await listen('127.0.0.1');
    const free = await listen('127.0.0.1');
    await free.close();
    await assert.rejects(
      checkPorts([
        { what: 'the frontend', variable: 'PORT', port: server.port },
        { what: 'the backend', variable: 'BACKEND_PORT', port: free.port },
      ]),
      error =>
        error.name === 'ToolchainError' &&
        error.message.includes(
          `Port ${server.port}, wanted for the frontend, is taken`,
        ) &&
        /choose other ports: PORT=\d+ npm start/.test(error.message),
    );
    await server.close();
  });

  it('must differ', async () => {
    await assert.rejects(
      checkPorts([
        { what: 'the frontend', variable: 'PORT', port: 4000 },
        { what: 'the backend', variable: 'BACKEND_PORT', port: 4000 },
      ]),
      { message: 'PORT and BACKEND_PORT are both 4000: they must differ.' },
    );
  });

  it('come from the environment, else from the default', () => {
    assert.equal(readPort({ PORT: '4100' }, 'PORT', 3000), 4100);
    assert.equal(readPort({}, 'PORT', 3000), 3000);
    assert.equal(readPort({ PORT: '' }, 'PORT', 3000), 3000);
  });

  for (const value of ['0', '65536', 'http', '-1', '3000.5']) {
    it(`can't be "${value}"`, () => {
      assert.throws(() => readPort({ PORT: value }, 'PORT', 3000), {
        message: new RegExp(`^PORT is "${value}"`),
      });
    });
  }
});
