/** The PEM text of certificates that are encoded as base64; undefined for anything else. */
export function decodeCertificates(encoded: string): string | undefined {
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  return /-----BEGIN (TRUSTED )?CERTIFICATE-----/.test(text) ? text : undefined;
}
