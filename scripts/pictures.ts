/**
 * The pictures of the README, out of what `npm run demo` left: the top of the job summary and of the page, light and dark,
 * each cut where a section ends.
 *
 *     npm run demo; npm run pictures
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launchChromium } from '../test/browser/chromium.ts';
import { summaryPage } from './render-summary.ts';

const root = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));
/** What the demo wrote, as if its enterprise were on GitHub.com and not on loopback. */
const read = (name: string) =>
  readFileSync(path.join(root('demo-output/enterprise-report'), name), 'utf8')
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'https://api.github.com')
    .replaceAll(/127\.0\.0\.1:\d+/g, 'api.github.com');

interface Picture {
  readonly html: (theme: 'light' | 'dark') => string;
  readonly width: number;
  /** In the page once it is drawn. */
  readonly drawn: string;
  /** The first that is not in the picture. */
  readonly until: string;
}

const PICTURES: Readonly<Record<string, Picture>> = {
  summary: {
    html: (theme) => summaryPage(read('summary.md'), theme),
    width: 980,
    drawn: 'body[data-drawn]',
    until: 'h2:nth-of-type(2)',
  },
  report: {
    html: () => read('report.html'),
    width: 1280,
    drawn: 'main',
    until: 'section.report',
  },
};

const directory = mkdtempSync(path.join(tmpdir(), 'pictures-'));
const browser = await launchChromium();
try {
  for (const [name, { html, width, drawn, until }] of Object.entries(PICTURES)) {
    for (const theme of ['light', 'dark'] as const) {
      const file = path.join(directory, `${name}-${theme}.html`);
      writeFileSync(file, html(theme));
      const viewport = { width, height: 900 };
      const tab = await browser.newPage({ viewport, colorScheme: theme, deviceScaleFactor: 2 });
      await tab.goto(pathToFileURL(file).href);
      await tab.locator(drawn).first().waitFor();
      const end = await tab.locator(until).first().boundingBox();
      if (!end) throw new Error(`${name}: nothing is ${until}`);
      const clip = { x: 0, y: 0, width, height: Math.floor(end.y) };
      await tab.screenshot({ path: root(`docs/images/${name}-${theme}.png`), fullPage: true, clip });
      await tab.close();
    }
  }
} finally {
  await browser.close();
  rmSync(directory, { recursive: true });
}
