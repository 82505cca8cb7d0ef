/**
 * Wire types, API client and permissions of the security-profiles plugin.
 *
 * @packageDocumentation
 */
export * from './client';
export * from './permissions';
export * from './types';
export type { components, operations, paths } from './openapi.generated';
export { openapiDocument } from './openapiDocument.generated';
