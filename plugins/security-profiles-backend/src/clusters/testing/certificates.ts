import {
  createSign,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/** A certificate and its key, as PEM. */
export interface TestCertificate {
  cert: string;
  key: string;
  /** The name it is issued to. */
  subject: string;
}

interface IssuedCertificate extends TestCertificate {
  privateKey: KeyObject;
}

/** Issues certificates for tests. */
export interface TestAuthority {
  cert: string;
  /** For a server at these host names, and at 127.0.0.1. */
  issueServer(hostNames: string[]): TestCertificate;
  issueClient(name: string): TestCertificate;
}

/** A certificate authority of its own that lasts until 2049. */
export function createTestAuthority(name: string): TestAuthority {
  const authority = issue({ subject: name, names: [], role: 'authority' });
  return {
    cert: authority.cert,
    issueServer: hostNames =>
      issue({
        subject: 'server',
        names: hostNames,
        role: 'leaf',
        issuer: authority,
      }),
    issueClient: subject =>
      issue({ subject, names: [], role: 'leaf', issuer: authority }),
  };
}

// The few pieces of DER (ITU-T X.690) and X.509 (RFC 5280) that such certificates need.
const COMMON_NAME = objectId('550403');
const BASIC_CONSTRAINTS = objectId('551d13');
const SUBJECT_ALTERNATIVE_NAME = objectId('551d11');
const ECDSA_WITH_SHA256 = sequence(objectId('2a8648ce3d040302'));
const TRUE = der(0x01, Buffer.from([0xff]));
const VALIDITY = sequence(utcTime('200101000000Z'), utcTime('490101000000Z'));

function issue(options: {
  subject: string;
  names: string[];
  role: 'authority' | 'leaf';
  issuer?: IssuedCertificate;
}): IssuedCertificate {
  const { subject, names, role, issuer } = options;
  const { publicKey, privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  });
  const extensions: Buffer[] = [];
  if (role === 'authority') {
    extensions.push(
      sequence(BASIC_CONSTRAINTS, TRUE, der(0x04, sequence(TRUE))),
    );
  }
  if (names.length > 0) {
    const alternatives = sequence(
      ...names.map(name => der(0x82, Buffer.from(name))),
      der(0x87, Buffer.from([127, 0, 0, 1])),
    );
    extensions.push(
      sequence(SUBJECT_ALTERNATIVE_NAME, der(0x04, alternatives)),
    );
  }
  const contents = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1]), randomBytes(15)),
    ECDSA_WITH_SHA256,
    distinguishedName(issuer?.subject ?? subject),
    VALIDITY,
    distinguishedName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    ...(extensions.length > 0 ? [der(0xa3, sequence(...extensions))] : []),
  );
  const signature = createSign('sha256')
    .update(contents)
    .sign(issuer?.privateKey ?? privateKey);
  const certificate = sequence(
    contents,
    ECDSA_WITH_SHA256,
    der(0x03, Buffer.from([0]), signature),
  );
  const base64 = certificate.toString('base64').replace(/.{64}/g, '$&\n');
  return {
    subject,
    privateKey,
    cert: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  let size = [length];
  if (length > 255) {
    size = [0x82, Math.floor(length / 256), length % 256];
  } else if (length > 127) {
    size = [0x81, length];
  }
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

function sequence(...parts: Uint8Array[]): Buffer {
  return der(0x30, ...parts);
}

function objectId(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function utcTime(text: string): Buffer {
  return der(0x17, Buffer.from(text));
}

function distinguishedName(text: string): Buffer {
  return sequence(
    der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(text)))),
  );
}
