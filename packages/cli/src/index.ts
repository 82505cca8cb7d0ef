/**
 * What the portal knows, offline.
 *
 * @packageDocumentation
 */
export type { CliOutput } from './CliOutput';
export { runCli } from './runCli';
