import { openapiDocument } from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Handlers } from './handlers';

/** Where one operation is served. */
export interface OperationRoute {
  operationId: keyof Handlers;
  method: 'get' | 'post';
  /** In Express' form: `/clusters/:clusterId`. */
  path: string;
}

/** The routes of openapi.yaml. */
export function operationRoutes(): OperationRoute[] {
  const paths = openapiDocument.paths as Record<
    string,
    Record<string, { operationId: keyof Handlers }>
  >;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => ({
      operationId,
      method: method as OperationRoute['method'],
      path: path.replace(/\{(\w+)\}/g, ':$1'),
    })),
  );
}
