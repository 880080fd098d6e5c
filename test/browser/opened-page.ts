/** A report in a real browser, watched for whatever it must not do. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Document } from '../../src/output/document.ts';
import { htmlPage } from '../../src/output/html/index.ts';

export interface OpenedPage {
  readonly page: Page;
  /** Requests other than for the page itself. */
  readonly requests: string[];
  /** Errors and warnings of the console, uncaught errors, violations of the policy. */
  readonly errors: string[];
  readonly dialogs: string[];
  readonly bytes: number;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** Opens from the disk, as a downloaded artifact is, and waits for its tables. */
export async function openPage(
  browser: Browser,
  document: Document,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> {
  const directory = await mkdtemp(join(tmpdir(), 'report-page-'));
  const file = join(directory, 'report.html');
  const html = Buffer.from([...htmlPage(document)].join(''));
  await writeFile(file, html);
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const url = pathToFileURL(file).href;
  const opened: OpenedPage = {
    page,
    requests: [],
    errors: [],
    dialogs: [],
    bytes: html.length,
    [Symbol.asyncDispose]: async () => {
      await context.close();
      await rm(directory, { recursive: true });
    },
  };
  page.on('request', (request) => {
    if (request.url() !== url) opened.requests.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') opened.errors.push(message.text());
  });
  page.on('pageerror', (error) => opened.errors.push(error.message));
  page.on('dialog', (dialog) => {
    opened.dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(url);
  if (options.javaScriptEnabled !== false)
    await page.locator('section.data:not(.live)').first().waitFor({ state: 'detached' });
  return opened;
}
