import { createServer, Agent, request as httpsRequest } from 'node:https';
import { Transform } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

import { selfSignedCertificate } from './certificate.mjs';

const FAULTS = ['delay', 'reset', 'silence', 'status', 'throttle'];
const REASONS = {
  401: 'Unauthorized',
  403: 'Forbidden',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
};

/**
 * A proxy in front of the API server that answers for it, slowly, wrongly or not at all, as told.
 *
 * @param {{upstream: string, certificateAuthority: string, serverCertificate: {cert: string, key: string}, certificate: 'server' | 'unknown-authority' | 'expired', faults: object[], now: () => Date}} options
 */
export async function faultProxy({
  upstream,
  certificateAuthority,
  serverCertificate,
  certificate,
  faults,
  now,
}) {
  const target = new URL(upstream);
  const agent = new Agent({ keepAlive: true, ca: certificateAuthority });
  const sockets = new Set();
  const byPort = new Map();
  const rawOf = new WeakMap();
  // Only the socket below TLS can be reset.
  const cut = request => rawOf.get(request.socket)?.resetAndDestroy();
  const seen = [];
  let rules = [];

  const setFaults = wanted => {
    rules = wanted.map(checked);
  };
  setFaults(faults);

  const ruleFor = request => {
    const rule = rules.find(
      ({ path, method, left }) =>
        left > 0 &&
        path.test(request.url) &&
        (method === undefined || method === request.method),
    );
    if (rule) rule.left -= 1;
    return rule;
  };

  const forward = (incoming, outgoing, entry, rule) => {
    const request = httpsRequest(
      {
        agent,
        host: target.hostname,
        port: target.port,
        method: incoming.method,
        path: incoming.url,
        headers: { ...incoming.headers, host: target.host },
      },
      answer => {
        entry.status = answer.statusCode;
        outgoing.writeHead(answer.statusCode, answer.headers);
        outgoing.flushHeaders();
        let body = answer;
        if (rule?.fault === 'throttle') {
          body = answer.pipe(throttle(rule.bytesPerSecond));
        }
        if (rule?.fault === 'reset') {
          body = answer.pipe(cutAfter(rule.afterBytes, () => cut(incoming)));
        }
        body.pipe(outgoing);
        answer.on('error', () => incoming.socket.destroy());
        answer.on('aborted', () => incoming.socket.destroy());
      },
    );
    request.on('error', () => {
      entry.status = 'unreachable';
      incoming.socket.destroy();
    });
    outgoing.on('close', () => request.destroy());
    incoming.pipe(request);
  };

  const server = createServer(
    certificate === 'server'
      ? serverCertificate
      : selfSignedCertificate(validity(certificate, now())),
    async (incoming, outgoing) => {
      const rule = ruleFor(incoming);
      const entry = {
        method: incoming.method,
        path: incoming.url,
        fault: rule?.fault,
        status: undefined,
      };
      seen.push(entry);
      outgoing.on('error', () => {});
      incoming.on('error', () => {});
      switch (rule?.fault) {
        case 'status':
          entry.status = rule.status;
          answerStatus(outgoing, rule);
          return;
        case 'silence':
          return;
        case 'delay':
          await wait(rule.ms, undefined, { ref: false });
          if (!incoming.socket.destroyed) forward(incoming, outgoing, entry);
          return;
        case 'reset':
          if (rule.afterBytes === 0) {
            cut(incoming);
            return;
          }
          forward(incoming, outgoing, entry, rule);
          return;
        default:
          forward(incoming, outgoing, entry, rule);
      }
    },
  );
  server.on('connection', socket => {
    const port = socket.remotePort;
    sockets.add(socket);
    byPort.set(port, socket);
    socket.on('close', () => {
      sockets.delete(socket);
      byPort.delete(port);
    });
  });
  server.on('secureConnection', socket => {
    rawOf.set(socket, byPort.get(socket.remotePort));
  });
  server.on('tlsClientError', () => {});
  // The server behind it, not the proxy, decides how long an exchange may take.
  server.requestTimeout = 0;
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  server.unref();

  return {
    url: `https://127.0.0.1:${server.address().port}`,
    setFaults,
    requests: () => seen.map(entry => ({ ...entry })),
    resetConnections() {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    async stop() {
      agent.destroy();
      for (const socket of sockets) socket.destroy();
      await new Promise(resolve => {
        server.close(resolve);
      });
    },
  };
}

function checked(rule) {
  if (!FAULTS.includes(rule.fault)) {
    throw new Error(
      `unknown fault ${JSON.stringify(rule.fault)}: use one of ${FAULTS.join(
        ', ',
      )}`,
    );
  }
  const needed = { delay: 'ms', status: 'status', throttle: 'bytesPerSecond' };
  const field = needed[rule.fault];
  if (field && !(rule[field] > 0)) {
    throw new Error(`the fault ${rule.fault} needs a number in "${field}"`);
  }
  return {
    afterBytes: 0,
    ...rule,
    path: new RegExp(rule.path ?? ''),
    left: rule.times ?? Infinity,
  };
}

function validity(certificate, now) {
  const day = 24 * 60 * 60 * 1000;
  return certificate === 'expired'
    ? {
        notBefore: new Date(now.getTime() - 2 * day),
        notAfter: new Date(now.getTime() - day),
      }
    : {
        notBefore: new Date(now.getTime() - day),
        notAfter: new Date(now.getTime() + day),
      };
}

function answerStatus(outgoing, { status, retryAfterSeconds }) {
  outgoing.writeHead(status, {
    'content-type': 'application/json',
    ...(retryAfterSeconds === undefined
      ? {}
      : { 'retry-after': String(retryAfterSeconds) }),
  });
  outgoing.end(
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Status',
      status: 'Failure',
      message: 'a fault injected by envtest',
      reason: REASONS[status],
      code: status,
    }),
  );
}

function throttle(bytesPerSecond) {
  const slice = Math.max(1, Math.floor(bytesPerSecond / 20));
  return new Transform({
    async transform(chunk, _, done) {
      for (let from = 0; from < chunk.length; from += slice) {
        this.push(chunk.subarray(from, from + slice));
        await wait(50, undefined, { ref: false });
        if (this.destroyed) return;
      }
      done();
    },
  });
}

function cutAfter(bytes, cut) {
  let left = bytes;
  return new Transform({
    transform(chunk, _, done) {
      this.push(chunk.subarray(0, left));
      left -= chunk.length;
      if (left <= 0) {
        // What was let through has to leave first.
        setImmediate(cut);
        return;
      }
      done();
    },
  });
}
