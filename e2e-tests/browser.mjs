import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { findBrowser } from '../tools/toolchain/means.mjs';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The same pixels on every machine that has the same fonts.
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
];

// A first load compiles nothing, but it shares two cores with the portal.
const patience = 30_000;

/** The two windows that a page is looked at in. */
export const wide = { width: 1440, height: 900 };
export const narrow = { width: 400, height: 860 };

/**
 * Starts a browser: the one of CHROMIUM_PATH, else an installed Chrome or Chromium, else Playwright's own.
 *
 * @throws with what to do where there is none
 */
export async function launchBrowser() {
  const own = chromium.executablePath();
  const executablePath =
    findBrowser() ??
    (!process.env.CHROMIUM_PATH && own && existsSync(own) ? own : undefined);
  if (!executablePath) {
    throw new Error(
      process.env.CHROMIUM_PATH
        ? `CHROMIUM_PATH is ${process.env.CHROMIUM_PATH}, where there is no file.`
        : 'No Chrome or Chromium here: install one (apt-get install chromium), or set CHROMIUM_PATH to its binary.',
    );
  }
  return chromium.launch({ executablePath, args: flags });
}

/**
 * Opens a page in a browser window of its own: no cookies, no tokens.
 *
 * @param options - `browser`; `url` of the portal; `path`, default the sign-in page; `person`: entity name of the one
 *   who has chosen to sign in, default nobody; `viewport`, default {@link wide}; `theme`: `light` or `dark`
 * @returns a Playwright page; `page.problems` collects uncaught errors, `page.answers` what the backend answered
 */
export async function openPortal(options) {
  const { browser, url, path = '/', person, theme = 'light' } = options;
  const context = await browser.newContext({
    viewport: options.viewport ?? wide,
    deviceScaleFactor: 1,
    colorScheme: theme,
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    baseURL: url,
  });
  context.setDefaultTimeout(patience);
  await context.addInitScript(
    choice => {
      window.localStorage.setItem('theme', choice.theme);
      if (choice.person) {
        // What the sign-in page keeps, so that a reload does not ask again.
        window.sessionStorage.setItem(
          'security-profiles.sign-in',
          `user:default/${choice.person}`,
        );
      }
    },
    { theme, person },
  );
  const page = await context.newPage();
  page.problems = [];
  page.answers = [];
  page.on('pageerror', error => page.problems.push(error.message));
  page.on('response', response => {
    if (new URL(response.url()).pathname.startsWith('/api/')) {
      page.answers.push(readAnswer(response));
    }
  });
  await page.goto(path);
  return page;
}

async function readAnswer(response) {
  return {
    path: new URL(response.url()).pathname,
    status: response.status(),
    // A redirect, or an answer to a page that is gone, has no body.
    body: await response.text().catch(() => ''),
  };
}

/** The address of the tab "Security" of a component. */
export const securityTab = name =>
  `/catalog/default/component/${name}/security-profiles`;

/** The address of the overview of a component. */
export const overview = name => `/catalog/default/component/${name}`;

/** The address of the list of clusters. */
export const clusterList = '/security-profiles/clusters';

/** The address of the list of profiles. */
export const profileList = '/security-profiles/profiles';

/** How many pixels the page can be scrolled sideways. */
export function sidewaysScroll(page) {
  return page.evaluate(
    () => document.documentElement.scrollWidth - window.innerWidth,
  );
}

/** What has the focus, in words: its tag, its role where it says one, and its name. */
export function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    return {
      tag: element?.tagName.toLowerCase() ?? '',
      role: element?.getAttribute('role') ?? '',
      name:
        element?.getAttribute('aria-label') ??
        element?.textContent?.trim() ??
        '',
    };
  });
}

/**
 * Presses a key until the focus is on what is looked for.
 *
 * @param options - `key`, default Tab; `atMost` presses, default 60
 * @throws with the way the focus took
 */
export async function pressUntil(page, isThere, options = {}) {
  const { key = 'Tab', atMost = 60 } = options;
  const way = [];
  for (let count = 0; count < atMost; count += 1) {
    await page.keyboard.press(key);
    const now = await focused(page);
    if (isThere(now)) {
      return now;
    }
    way.push(`${now.role || now.tag} "${now.name.slice(0, 40)}"`);
  }
  throw new Error(
    `${atMost} times ${key} did not lead there. The focus went: ${way.join(
      ', ',
    )}`,
  );
}
