import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto';

// Just enough of DER (ITU-T X.690) and X.509 (RFC 5280) for one self-signed certificate.
const der = (tag, ...parts) => {
  const body = Buffer.concat(parts);
  const size = body.length;
  const length =
    size < 128
      ? [size]
      : size < 256
      ? [0x81, size]
      : [0x82, Math.floor(size / 256), size % 256];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};
const sequence = (...parts) => der(0x30, ...parts);
const objectId = hex => der(0x06, Buffer.from(hex, 'hex'));
const COMMON_NAME = objectId('550403');
const SUBJECT_ALTERNATIVE_NAME = objectId('551d11');
const ECDSA_WITH_SHA256 = sequence(objectId('2a8648ce3d040302'));

function name(text) {
  return sequence(
    der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(text)))),
  );
}

function time(date) {
  const digits = date.toISOString().replace(/[-:T]|\.\d+/g, '');
  return der(0x18, Buffer.from(digits));
}

/**
 * A certificate for `127.0.0.1` and `localhost` that no kubeconfig of the run trusts.
 *
 * @param {{notBefore: Date, notAfter: Date}} options
 * @returns {{cert: string, key: string}} both as PEM
 */
export function selfSignedCertificate({ notBefore, notAfter }) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  });
  const subject = name('envtest proxy of an unknown authority');
  const names = sequence(
    der(0x82, Buffer.from('localhost')),
    der(0x87, Buffer.from([127, 0, 0, 1])),
  );
  const contents = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1]), randomBytes(15)),
    ECDSA_WITH_SHA256,
    subject,
    sequence(time(notBefore), time(notAfter)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(SUBJECT_ALTERNATIVE_NAME, der(0x04, names)))),
  );
  const signature = createSign('sha256').update(contents).sign(privateKey);
  const certificate = sequence(
    contents,
    ECDSA_WITH_SHA256,
    der(0x03, Buffer.from([0]), signature),
  );
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${certificate
      .toString('base64')
      .replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  };
}
