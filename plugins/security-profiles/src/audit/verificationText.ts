import type { AuditVerification } from '@security-profiles/backstage-plugin-security-profiles-common';
import { formatAge } from '../texts/formatTime';
import { shortDigest } from '../texts/shortDigest';
import type { Texts } from '../texts/useTexts';

const MINUTE = 60_000;

/** Options of {@link verificationText}. */
export interface VerificationTextOptions {
  /** The server's time, in milliseconds. */
  now: number;
}

/**
 * What was found in the record, in sentences.
 *
 * @remarks
 * An intact record that nobody signs is not called more than it is: whoever owns the database could have written it anew.
 */
export function verificationText(
  texts: Texts,
  verification: AuditVerification,
  options: VerificationTextOptions,
): string {
  const { t, maybe } = texts;
  const { problem, rows, erased, checkpoints, signing, keyId } = verification;
  if (verification.result !== 'intact') {
    const seq = problem?.seq ?? rows + 1;
    return [
      (problem && maybe(`audit.verify.${problem.kind}`, { seq })) ??
        t('audit.verify.broken', { seq }),
      problem?.message,
    ]
      .filter(Boolean)
      .join(' ');
  }
  const age = options.now - Date.parse(verification.verifiedAt);
  const when =
    age < MINUTE
      ? t('audit.verify.now')
      : t('audit.verify.ago', { age: formatAge(texts, age) });
  const said = [
    rows === 0
      ? t('audit.verify.none', { when })
      : t('audit.verify.intact', { when, count: rows }),
  ];
  if (signing === 'unsigned') {
    said.push(t('audit.verify.unsigned'));
  } else if (checkpoints.signed > 0) {
    said.push(
      t('audit.verify.signed', {
        count: checkpoints.signed,
        key: keyId ? shortDigest(keyId) : '–',
      }),
    );
  } else if (rows > 0) {
    said.push(t('audit.verify.notYetSigned'));
  }
  if (signing !== 'unsigned' && checkpoints.unsigned > 0) {
    said.push(t('audit.verify.unsignedPart', { count: checkpoints.unsigned }));
  }
  if (erased > 0) {
    said.push(t('audit.verify.erased', { count: erased }));
  }
  return said.join(' ');
}
