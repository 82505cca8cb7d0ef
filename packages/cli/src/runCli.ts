import type { CliOutput } from './CliOutput';
import { UsageError } from './UsageError';
import { verifyAudit } from './verifyAudit';

const usage = `Usage: security-profiles verify-audit <export.ndjson> [--pub <key.pem>] [--checkpoint <checkpoints.json>]

Says whether the record of approvals is as it was written: exit code 0 where it is, 1 where it is not, 2 where that
can't be told.

  export.ndjson       what GET /api/security-profiles/audit/export answers; - reads it from standard input
  --pub               public key of the checkpoints, Ed25519 in PEM, kept since before
  --checkpoint        one checkpoint, or what GET /api/security-profiles/audit/checkpoints answered when it was kept

Without a checkpoint that was kept elsewhere nobody can tell a record that was cut, or written anew as a whole.`;

/** Carries out one command; answers the exit code. */
export async function runCli(
  args: readonly string[],
  output: CliOutput,
): Promise<number> {
  const [command, ...rest] = args;
  if (command === '--help' || command === 'help') {
    output.print(usage);
    return 0;
  }
  try {
    if (command !== 'verify-audit') {
      throw new UsageError(
        command === undefined
          ? 'No command was given.'
          : `There is no command ${command}.`,
      );
    }
    return await verifyAudit(readArguments(rest), output);
  } catch (error) {
    if (!(error instanceof UsageError)) {
      throw error;
    }
    output.complain(error.message);
    output.complain('');
    output.complain(usage);
    return 2;
  }
}

function readArguments(args: readonly string[]) {
  const options: { file?: string; pub?: string; checkpoint?: string } = {};
  const left = [...args];
  while (left.length > 0) {
    const argument = left.shift() ?? '';
    if (argument === '--pub' || argument === '--checkpoint') {
      const value = left.shift();
      if (value === undefined) {
        throw new UsageError(`${argument} needs a file.`);
      }
      options[argument === '--pub' ? 'pub' : 'checkpoint'] = value;
    } else if (argument.startsWith('--')) {
      throw new UsageError(`There is no option ${argument}.`);
    } else if (options.file === undefined) {
      options.file = argument;
    } else {
      throw new UsageError(`${argument} is one file too many.`);
    }
  }
  if (options.file === undefined) {
    throw new UsageError('verify-audit needs the file of the export.');
  }
  return { ...options, file: options.file };
}
