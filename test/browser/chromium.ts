/** Chromium for tests and screenshots: whichever this machine already has. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES: readonly (string | undefined)[] = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const chromiumPath = PLACES.find((path) => path && existsSync(path));

/** Throws when no Chromium is found. */
export function launchChromium(): Promise<Browser> {
  if (!chromiumPath)
    throw new Error(
      'No Chromium was found. Install Chromium or Chrome, or set CHROMIUM_PATH to its executable.',
    );
  return chromium.launch({ executablePath: chromiumPath, args: ARGUMENTS });
}
