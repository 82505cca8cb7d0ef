import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { InputError } from '@backstage/errors';
import {
  type AuditCheckpoint,
  checkpointContent,
} from '@security-profiles/analysis';

/** Signs places of the chain with an Ed25519 key. */
export class CheckpointSigner {
  private readonly privateKey: KeyObject;
  private readonly publicKey: KeyObject;
  /** `sha256:…` of the public key. */
  readonly keyId: string;

  private constructor(privateKey: KeyObject) {
    this.privateKey = privateKey;
    this.publicKey = createPublicKey(privateKey);
    const der = this.publicKey.export({ type: 'spki', format: 'der' });
    this.keyId = `sha256:${createHash('sha256').update(der).digest('hex')}`;
  }

  /**
   * @param pem - a private key in PKCS #8
   * @throws InputError that names the config key, and nothing of its value
   */
  static fromPem(pem: string, configKey: string): CheckpointSigner {
    let key: KeyObject;
    try {
      key = createPrivateKey(pem);
    } catch {
      throw new InputError(
        `${configKey}: is no private key that can be read; expected Ed25519 in PEM, as from "openssl genpkey -algorithm ed25519"`,
      );
    }
    if (key.asymmetricKeyType !== 'ed25519') {
      throw new InputError(
        `${configKey}: is a key of type ${key.asymmetricKeyType}; expected ed25519`,
      );
    }
    return new CheckpointSigner(key);
  }

  sign(checkpoint: AuditCheckpoint): AuditCheckpoint {
    const content = Buffer.from(checkpointContent(checkpoint));
    return {
      ...checkpoint,
      keyId: this.keyId,
      signature: sign(null, content, this.privateKey).toString('base64'),
    };
  }

  verify(content: string, signature: string): boolean {
    return verify(
      null,
      Buffer.from(content),
      this.publicKey,
      Buffer.from(signature, 'base64'),
    );
  }

  /** For whoever verifies elsewhere, in PEM. */
  publicPem(): string {
    return this.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  }
}
