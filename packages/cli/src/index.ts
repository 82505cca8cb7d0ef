/**
 * What the portal knows, offline.
 *
 * @packageDocumentation
 */
export { runCli, type CliOutput } from './runCli';
