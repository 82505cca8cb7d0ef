import { after, afterEach, before } from 'node:test';
import './endWithRunner.mjs';
import { launchBrowser, openPortal } from './browser.mjs';

/**
 * The running portal and a browser for the tests of one file.
 *
 * @returns `open(options)` as {@link openPortal}, without `browser` and `url`; `clusters`: the folder of manifests that
 *   the portal reads and a test may change; every window is closed at the end of its test
 */
export function usePortal() {
  const { E2E_PORTAL_URL: url, E2E_CLUSTERS: clusters } = process.env;
  if (!url || !clusters) {
    throw new Error(
      'This file needs a running portal. Run it with: node e2e-tests/run.mjs <part of its name>',
    );
  }
  let browser;
  before(async () => {
    browser = await launchBrowser();
  });
  // A window that stays open goes on asking the portal every 30 seconds.
  afterEach(() =>
    Promise.all(browser.contexts().map(context => context.close())),
  );
  after(() => browser?.close());
  return {
    url,
    clusters,
    open: options => openPortal({ browser, url, ...options }),
  };
}
