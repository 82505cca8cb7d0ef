// Only tests use this file, so what it imports is a development dependency.
/* eslint-disable @backstage/no-undeclared-imports */
import {
  type BackendFeature,
  coreServices,
  createBackendPlugin,
  type LoggerService,
  type PermissionsService,
  type ServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import {
  type CatalogService,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import request from 'supertest';
import { createSecurityProfiles } from '../createSecurityProfiles';

/** Longest page of a list. */
const pageSize = 200;
const pollEvery = 50;

/** What {@link startTestPortal} starts with. */
export interface TestPortalOptions {
  /** Empty, or as another portal of the same test left it. */
  knex: Knex;
  /** Config under `securityProfiles:`; paths are absolute. */
  config: JsonObject;
  entities?: Entity[];
  /** In place of one that shows `entities` to everybody. */
  catalog?: CatalogService;
  /** In place of permissions that allow everything. */
  permissions?: ServiceFactory<PermissionsService>;
  /** Where the plugin logs to; nowhere when left out. */
  logger?: LoggerService;
  /** Other plugins of the same backend. */
  features?: BackendFeature[];
  /** Config beside `securityProfiles:`. */
  rootConfig?: JsonObject;
}

/** An answer of the HTTP API. */
export interface TestAnswer {
  status: number;
  body: any;
  text: string;
}

/** Who asks, and which attempt it is. */
export interface TestRequestOptions {
  /** In place of a signed-in user's. */
  authorization?: string;
  idempotencyKey?: string;
}

/** A backend with this plugin in it. */
export interface TestPortal {
  /** As `http://localhost:7007`. */
  url: string;
  /** Asks as a signed-in user, or with the authorization header that is given. */
  get(path: string, options?: { authorization?: string }): Promise<TestAnswer>;
  /** Sends a body, as JSON unless it is text already. */
  post(
    path: string,
    body: object | string,
    options?: TestRequestOptions,
  ): Promise<TestAnswer>;
  /** Every item of a paged list. */
  getAll<Item = any>(path: string): Promise<Item[]>;
  /**
   * Asks again until the check is content, and resolves with the body of that answer.
   *
   * @throws Error with the last answer, when the check is not content before `deadline`: milliseconds, 20,000 when left out
   */
  eventually<Body = any>(
    path: string,
    check: (body: Body) => unknown,
    options?: { deadline?: number },
  ): Promise<Body>;
  refreshCatalog(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the plugin in a backend of its own, with every answer checked against the contract of the HTTP API. */
export async function startTestPortal(
  options: TestPortalOptions,
): Promise<TestPortal> {
  const { knex, entities = [] } = options;
  const catalog = options.catalog ?? catalogServiceMock({ entities });
  let refreshCatalog: () => Promise<void> = async () => {};
  const backend = await startTestBackend({
    features: [
      createBackendPlugin({
        pluginId: 'security-profiles',
        register(env) {
          env.registerInit({
            deps: {
              actions: actionsRegistryServiceRef,
              auth: coreServices.auth,
              catalog: catalogServiceRef,
              config: coreServices.rootConfig,
              events: eventsServiceRef,
              httpAuth: coreServices.httpAuth,
              httpRouter: coreServices.httpRouter,
              lifecycle: coreServices.lifecycle,
              logger: coreServices.logger,
              metrics: metricsServiceRef,
              permissions: coreServices.permissions,
              permissionsRegistry: coreServices.permissionsRegistry,
              scheduler: coreServices.scheduler,
            },
            async init(services) {
              const plugin = await createSecurityProfiles({
                ...services,
                logger: options.logger ?? services.logger,
                catalog,
                database: { getClient: async () => knex },
                answers: 'checked',
                resolvePath: path => path,
              });
              refreshCatalog = plugin.refreshCatalog;
              services.httpRouter.use(plugin.router);
              services.lifecycle.addStartupHook(plugin.start);
              services.lifecycle.addShutdownHook(plugin.stop);
            },
          });
        },
      }),
      options.permissions ??
        mockServices.permissions.factory({ result: AuthorizeResult.ALLOW }),
      catalogServiceMock.factory({ entities }),
      mockServices.rootConfig.factory({
        data: { ...options.rootConfig, securityProfiles: options.config },
      }),
      ...(options.features ?? []),
    ],
  });

  const get: TestPortal['get'] = async (path, { authorization } = {}) => {
    const { status, body, text } = await request(backend.server)
      .get(`/api/security-profiles${path}`)
      .set('authorization', authorization ?? mockCredentials.user.header());
    return { status, body, text };
  };

  return {
    url: `http://localhost:${backend.server.port()}`,
    get,
    async post(path, content, { authorization, idempotencyKey } = {}) {
      const { status, body, text } = await request(backend.server)
        .post(`/api/security-profiles${path}`)
        .set('authorization', authorization ?? mockCredentials.user.header())
        .set('content-type', 'application/json')
        .set(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {})
        .send(content);
      return { status, body, text };
    },
    async getAll(path) {
      const items = [];
      const separator = path.includes('?') ? '&' : '?';
      let cursor: string | undefined;
      do {
        const { status, body, text } = await get(
          `${path}${separator}limit=${pageSize}${
            cursor ? `&cursor=${cursor}` : ''
          }`,
        );
        if (status !== 200) {
          throw new Error(`${path} answered ${status}: ${text}`);
        }
        items.push(...body.items);
        cursor = body.pageInfo.nextCursor;
      } while (cursor);
      return items;
    },
    async eventually(path, check, { deadline = 20_000 } = {}) {
      const end = performance.now() + deadline;
      for (;;) {
        const { body } = await get(path);
        if (check(body)) {
          return body;
        }
        if (performance.now() > end) {
          throw new Error(
            `${path} did not answer as wanted within ${deadline} ms: ${JSON.stringify(
              body,
            ).slice(0, 1500)}`,
          );
        }
        await new Promise(resolve => setTimeout(resolve, pollEvery));
      }
    },
    refreshCatalog: () => refreshCatalog(),
    stop: () => backend.stop(),
  };
}
