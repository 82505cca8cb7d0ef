// The tools are no package: they are used from this checkout only, and never published.
/* eslint-disable @backstage/no-relative-monorepo-imports */
export { startEnvtest } from '../../../../tools/envtest/envtest.mjs';
export type {
  Envtest,
  EnvtestProxy,
} from '../../../../tools/envtest/envtest.mjs';
