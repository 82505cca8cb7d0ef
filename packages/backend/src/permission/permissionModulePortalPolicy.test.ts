import { mockServices } from '@backstage/backend-test-utils';
import { AllowSignedInPolicy } from './AllowSignedInPolicy';
import { createPortalPolicy } from './permissionModulePortalPolicy';
import { SamplePolicy } from './SamplePolicy';

describe('createPortalPolicy', () => {
  it('takes the sample policy where the config names none', () => {
    expect(createPortalPolicy(mockServices.rootConfig())).toBeInstanceOf(
      SamplePolicy,
    );
  });

  it('lets everybody who is signed in do everything only where the config says so', () => {
    expect(
      createPortalPolicy(
        mockServices.rootConfig({
          data: { portal: { policy: 'allow-signed-in' } },
        }),
      ),
    ).toBeInstanceOf(AllowSignedInPolicy);
  });

  it('refuses a name that there is no policy for', () => {
    expect(() =>
      createPortalPolicy(
        mockServices.rootConfig({ data: { portal: { policy: 'allow-all' } } }),
      ),
    ).toThrow("portal.policy is 'allow-all'");
  });
});
