import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
backend.add(import('./auth'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import(
    '@security-profiles/backstage-plugin-catalog-backend-module-security-profiles'
  ),
);

// Makes tools of the plugins' actions, for agents: /api/mcp-actions/v1.
backend.add(import('@backstage/plugin-mcp-actions-backend'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('./permission'));

backend.add(import('@backstage/plugin-user-settings-backend'));

backend.add(
  import('@security-profiles/backstage-plugin-security-profiles-backend'),
);

backend.start();
