import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  catalogProcessingExtensionPoint,
  type EntityProvider,
} from '@backstage/plugin-catalog-node';
import { catalogModuleSecurityProfiles } from './catalogModuleSecurityProfiles';

async function providersWith(data: object): Promise<string[]> {
  const names: string[] = [];
  await startTestBackend({
    extensionPoints: [
      [
        catalogProcessingExtensionPoint,
        {
          addEntityProvider: (
            ...providers: (EntityProvider | EntityProvider[])[]
          ) => {
            names.push(...providers.flat().map(p => p.getProviderName()));
          },
        },
      ],
    ],
    features: [
      catalogModuleSecurityProfiles,
      mockServices.rootConfig.factory({ data }),
    ],
  });
  return names;
}

describe('catalogModuleSecurityProfiles', () => {
  it('adds nothing where the key is not configured', async () => {
    await expect(providersWith({})).resolves.toEqual([]);
  });

  it('adds the provider where the key is there, even empty', async () => {
    await expect(
      providersWith({
        catalog: { providers: { securityProfilesClusters: {} } },
      }),
    ).resolves.toEqual(['security-profiles-clusters']);
  });

  it('refuses to start with a schedule that it can not read', async () => {
    await expect(
      providersWith({
        catalog: {
          providers: {
            securityProfilesClusters: { schedule: { frequency: 'often' } },
          },
        },
      }),
    ).rejects.toThrow('frequency');
  });
});
