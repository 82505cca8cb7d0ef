import { connect, createServer } from 'node:net';
import { ToolchainError } from './checkout.mjs';

/**
 * Reads a port from an environment variable.
 *
 * @throws {@link ToolchainError} that names the variable
 */
export function readPort(env, variable, fallback) {
  const text = env[variable];
  if (text === undefined || text === '') {
    return fallback;
  }
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65535) {
    throw new ToolchainError(
      `${variable} is "${text}". Give a port from 1 to 65535, as in: ${variable}=${fallback} npm start`,
    );
  }
  return port;
}

/** Whether something on this machine already listens on the port of 127.0.0.1. */
export async function isPortTaken(port) {
  // Listening finds what holds the very address; where systems let a wider address be shared, connecting finds it.
  return !(await canListen(port)) || (await canConnect(port));
}

function canListen(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', error => {
      if (error.code === 'EACCES') {
        reject(
          new ToolchainError(
            `You may not listen on port ${port}. Choose one above 1023.`,
          ),
        );
      } else {
        resolve(false);
      }
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}

function canConnect(port) {
  return new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.setTimeout(500);
    for (const [event, answer] of [
      ['connect', true],
      ['error', false],
      ['timeout', false],
    ]) {
      socket.once(event, () => {
        socket.destroy();
        resolve(answer);
      });
    }
  });
}

/**
 * Checks that all ports are free and differ.
 *
 * @param ports - `{ what, variable, port }[]`
 * @throws {@link ToolchainError} that names each taken port and shows how to choose others
 */
export async function checkPorts(ports) {
  const numbers = ports.map(({ port }) => port);
  if (new Set(numbers).size < numbers.length) {
    throw new ToolchainError(
      `${ports.map(({ variable }) => variable).join(' and ')} are both ${
        numbers[0]
      }: they must differ.`,
    );
  }
  const taken = [];
  for (const entry of ports) {
    if (await isPortTaken(entry.port)) {
      taken.push(entry);
    }
  }
  if (!taken.length) {
    return;
  }
  const example = taken
    .map(
      ({ variable, port }) =>
        `${variable}=${port < 65035 ? port + 500 : port - 500}`,
    )
    .join(' ');
  throw new ToolchainError(
    [
      ...taken.map(
        ({ what, port }) =>
          `Port ${port}, wanted for ${what}, is taken by another process.`,
      ),
      `End that process, or choose other ports: ${example} npm start`,
    ].join('\n'),
  );
}
