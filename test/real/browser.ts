import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const found = (): string | undefined => candidates.find(existsSync);

/** Debian's Chromium, installed when there is none. Throws with what to install where there is no apt-get. */
const ensureChromium = (): string => {
  const here = found();
  if (here !== undefined) return here;
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']])
    spawnSync('apt-get', args, {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  const installed = found();
  if (installed === undefined)
    throw new Error(
      'There is no Chromium, and apt-get could not install it: install the package chromium.',
    );
  return installed;
};

/** A headless Chromium that asks nobody but the pages it is shown. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: ensureChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
