import { createApp } from '@backstage/frontend-defaults';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';

// The plugins are found by `app.packages: all`; only what the portal itself adds is named here.
export default createApp({ features: [navModule, signInModule] });
