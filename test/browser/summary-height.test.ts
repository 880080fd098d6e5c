/** How long job summaries are: what is too long on a Monday morning is not read. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { summaryPage } from '../../scripts/render-summary.ts';
import { NOW } from '../clock.ts';
import type { ActionRun } from '../e2e/action.ts';
import { runDemo } from '../e2e/demo.ts';
import { runHere } from '../e2e/in-process.ts';
import { type Inputs, startGitHub, workspace } from '../e2e/support.ts';
import type { SimulatorOptions } from '../simulator/server.ts';
import { chromiumPath, launchChromium } from './chromium.ts';

/** As wide as GitHub shows a summary on a common screen, of which it shows 900 pixels at a time. */
const WIDTH = 980;
const SCREEN = 900;

/** Where a picture and a page of every summary are left, when asked for. */
const pictures = process.env.PICTURES;

const demo = (report: string) => {
  const directory = workspace();
  return runDemo(
    directory,
    NOW,
    (github, inputs) => runHere(github, inputs, { workspace: directory }),
    report,
  );
};

async function runOn(options: Omit<SimulatorOptions, 'now'>, inputs: Inputs): Promise<ActionRun> {
  const github = await startGitHub({ now: NOW, ...options });
  return await runHere(github, { formats: 'csv, json, html, markdown', ...inputs });
}

const SMALL = { seats: 250, purchased: 300 };
const GATED = { 'fail-on': 'seats-available: below 0', 'warn-on': 'seats-used-percent: above 95' };
const SERVER = { ...SMALL, kind: 'server', repositories: 40, serverLicense: { daysLeft: 133 } } as const;

/** Screens at most, folds closed and charts drawn. */
const SUMMARIES: Readonly<
  Record<string, readonly [most: number, status: string, make: () => Promise<ActionRun>]>
> = {
  'demo, all reports': [6.5, 'fail', () => demo('all')],
  'demo without Copilot': [5, 'fail', () => demo('licenses, sync-status, billing')],
  'small and green, one report': [2, 'pass', () => runOn(SMALL, GATED)],
  'small, all reports': [6, 'pass', () => runOn(SMALL, { ...GATED, report: 'all' })],
  'no permission for one of two reports': [
    2,
    'error',
    () =>
      runOn(
        { ...SMALL, faults: [{ kind: '404-scope', match: { path: 'billing' } }] },
        { ...GATED, report: 'licenses, billing' },
      ),
  ],
  'wrong inputs': [1, 'error', () => runOn(SMALL, { 'fail-on': 'seats-left: below 0\nusers: over 5' })],
  'Enterprise Server, its license': [1, 'pass', () => runOn(SERVER, GATED)],
  'Enterprise Server, all that it has': [1, 'pass', () => runOn(SERVER, { ...GATED, report: 'all' })],
};

const skipped = chromiumPath === undefined && process.env.REQUIRE_BROWSER !== '1';

describe.skipIf(skipped)('a job summary is at most so long', () => {
  let browser: Browser;
  const measured: string[] = [];
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    console.info(`Screens of ${WIDTH} × ${SCREEN} pixels:\n${measured.join('\n')}`);
  });

  test.each(Object.entries(SUMMARIES))('%s', async (name, [most, status, make]) => {
    const { summary, outputs } = await make();
    expect(outputs.status).toBe(status);
    const height = await heightOf(browser, summary, name);
    measured.push(`${(height / SCREEN).toFixed(1).padStart(5)} of ${most}  ${name}`);
    expect(height / SCREEN).toBeLessThanOrEqual(most);
  });
});

async function heightOf(browser: Browser, summary: string, name: string): Promise<number> {
  const directory = pictures ?? (await mkdtemp(join(tmpdir(), 'summary-')));
  const target = join(directory, name.replaceAll(/\W+/g, '-'));
  const page = await browser.newPage({ viewport: { width: WIDTH, height: SCREEN } });
  try {
    await writeFile(`${target}.html`, summaryPage(summary));
    if (pictures) await writeFile(`${target}.md`, summary);
    await page.goto(pathToFileURL(`${target}.html`).href);
    await page.waitForSelector('body[data-drawn]');
    if (pictures) await page.screenshot({ path: `${target}.png`, fullPage: true });
    return await page.evaluate<number>('document.body.getBoundingClientRect().height');
  } finally {
    await page.close();
    if (!pictures) await rm(directory, { recursive: true });
  }
}
