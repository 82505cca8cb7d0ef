import {
  coreServices,
  createBackendModule,
  type RootConfigService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { PermissionPolicy } from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { AllowSignedInPolicy } from './AllowSignedInPolicy';
import { SamplePolicy } from './SamplePolicy';

const READ_EVERYTHING = ['group:default/security', 'group:default/platform'];

/**
 * The policy that `portal.policy` names.
 *
 * Throws an InputError for a name that there is no policy for.
 */
export function createPortalPolicy(
  config: RootConfigService,
): PermissionPolicy {
  const name = config.getOptionalString('portal.policy') ?? 'sample';
  switch (name) {
    case 'sample':
      return new SamplePolicy({
        readEverything:
          config.getOptionalStringArray('portal.samplePolicy.readEverything') ??
          READ_EVERYTHING,
      });
    case 'allow-signed-in':
      return new AllowSignedInPolicy();
    default:
      throw new InputError(
        `portal.policy is '${name}'; expected 'sample' or 'allow-signed-in'`,
      );
  }
}

/** Gives the permission plugin the policy of the portal. */
export const permissionModulePortalPolicy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'portal-policy',
  register(env) {
    env.registerInit({
      deps: { policy: policyExtensionPoint, config: coreServices.rootConfig },
      async init({ policy, config }) {
        policy.setPolicy(createPortalPolicy(config));
      },
    });
  },
});
