// Only tests import this folder.
/* eslint-disable @backstage/no-undeclared-imports */
import {
  type BackstageCredentials,
  coreServices,
  createServiceFactory,
  type PermissionsService,
  type ServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type ConditionalPolicyDecision,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';

/** What a policy decides on a permission for somebody. */
export type Decide = (
  permission: string,
  /** Ref of the user; undefined for a service. */
  user: string | undefined,
) => PolicyDecision;

/** Allows everything. */
export const allowEverything: Decide = () => ({
  result: AuthorizeResult.ALLOW,
});

/**
 * A permission framework whose policy a test sets. Like the permission backend, it asks the plugin over HTTP whether the
 * conditions of a decision hold for one resource.
 */
export class PolicyOfTest {
  decide: Decide = allowEverything;
  /** Of the portal, once it runs. */
  url = '';

  readonly factory: ServiceFactory<PermissionsService> = createServiceFactory({
    service: coreServices.permissions,
    deps: {},
    factory: () => ({
      authorize: async (queries, { credentials }) =>
        Promise.all(
          queries.map(({ permission, resourceRef }) =>
            this.one(
              this.decide(permission.name, userOf(credentials)),
              resourceRef,
            ),
          ),
        ),
      authorizeConditional: async (queries, { credentials }) =>
        queries.map(
          ({ permission }) =>
            this.decide(permission.name, userOf(credentials)) as never,
        ),
    }),
  });

  private async one(
    decision: PolicyDecision,
    resourceRef: string | undefined,
  ): Promise<{ result: AuthorizeResult.ALLOW | AuthorizeResult.DENY }> {
    if (decision.result !== AuthorizeResult.CONDITIONAL) {
      return decision;
    }
    const { pluginId, resourceType, conditions } =
      decision as ConditionalPolicyDecision;
    const answer = await fetch(
      `${this.url}/api/${pluginId}/.well-known/backstage/permissions/apply-conditions`,
      {
        method: 'POST',
        headers: {
          authorization: mockCredentials.service.header(),
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          items: [{ id: 'one', resourceRef, resourceType, conditions }],
        }),
      },
    );
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`conditions were answered ${answer.status}: ${text}`);
    }
    return { result: JSON.parse(text).items[0].result };
  }
}

function userOf(credentials: BackstageCredentials): string | undefined {
  const { principal } = credentials as {
    principal: { type?: string; userEntityRef?: string };
  };
  return principal.type === 'user' ? principal.userEntityRef : undefined;
}
