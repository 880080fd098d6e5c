/**
 * Pictures of a page, light and dark, desktop and phone, and of its print.
 *
 *     node scripts/screenshot.ts report.html docs/images/report [--full]
 *
 * writes `report-light.png`, `report-dark.png`, `report-phone.png` and `report.pdf`. Takes a file or a URL;
 * `--full`: the whole page instead of the first screen.
 */
import { pathToFileURL } from 'node:url';
import { launchChromium } from '../test/browser/chromium.ts';

const [page, target, ...options] = process.argv.slice(2);
if (!page || !target) throw new Error('usage: node scripts/screenshot.ts FILE_OR_URL TARGET [--full]');
const url = URL.canParse(page) && /^(https?|file):/.test(page) ? page : pathToFileURL(page).href;
const fullPage = options.includes('--full');

const browser = await launchChromium();
try {
  for (const [name, colorScheme, width, height] of [
    ['light', 'light', 1280, 900],
    ['dark', 'dark', 1280, 900],
    ['phone', 'light', 390, 844],
  ] as const) {
    const context = await browser.newContext({
      colorScheme,
      viewport: { width, height },
      deviceScaleFactor: 2,
    });
    const tab = await context.newPage();
    await tab.goto(url);
    await tab.locator('section.data:not(.live)').first().waitFor({ state: 'detached' });
    await tab.screenshot({ path: `${target}-${name}.png`, fullPage });
    if (name === 'light') await tab.pdf({ path: `${target}.pdf`, format: 'A4' });
    await context.close();
  }
} finally {
  await browser.close();
}
