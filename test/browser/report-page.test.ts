import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe, { type AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gatherCandidates } from '../../src/reports/candidates/chapter.ts';
import { REASON_NAMES } from '../../src/reports/candidates/reasons.ts';
import { NOW } from '../clock.ts';
import { runDemo } from '../e2e/demo.ts';
import { runHere } from '../e2e/in-process.ts';
import { workspace } from '../e2e/support.ts';
import { chromiumPath, launchChromium } from './chromium.ts';
import { openPage } from './opened-page.ts';
import { sampleDocument, samplePerson } from './sample.ts';

const skipped = chromiumPath === undefined && process.env.REQUIRE_BROWSER !== '1';
if (skipped)
  console.warn(
    'SKIPPED: the tests of report.html need Chromium or Chrome; set CHROMIUM_PATH to its executable.',
  );

const people = (page: Page) => page.getByRole('region', { name: 'People' });
const rows = (page: Page) => people(page).locator('tbody tr');
const firstColumn = (page: Page) => people(page).locator('tbody td:first-child').allTextContents();
const status = (page: Page) => people(page).getByRole('status');

describe.skipIf(skipped)('report.html in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
  });

  test('shows the verdict, the figures, the gates and a page of every table, and asks nobody for anything', async () => {
    await using opened = await openPage(browser, sampleDocument());
    const { page, requests, errors } = opened;
    expect(await page.title()).toBe('Fail: GitHub Enterprise report: octo-corp');
    expect(await page.getByRole('banner').textContent()).toContain(
      '12 more seats are consumed than were purchased',
    );
    expect(await page.locator('main > .figures .value').allTextContents()).toEqual([
      '−12',
      '$48,210.40',
      '3 of 3',
    ]);
    expect(await page.getByRole('row', { name: 'seats-available' }).textContent()).toContain('below 0');
    expect(await rows(page).count()).toBe(25);
    expect(await status(page).textContent()).toBe('4,512 rows');
    expect(errors).toEqual([]);
    expect(requests).toEqual([]);
  });

  test('lets nothing out even when a script tries', async () => {
    await using opened = await openPage(browser, sampleDocument(3));
    const blocked = await opened.page.evaluate(
      `fetch('data:text/plain,x').then(() => 'answered', () => 'refused')`,
    );
    expect(blocked).toBe('refused');
  });

  test('offers every reason why a license could be given back, and shows who has it', async () => {
    const made = gatherCandidates({
      licenses: {
        candidates: Array.from({ length: 5 }, (_, index) =>
          REASON_NAMES.map((reason) => ({
            reason,
            key: index,
            person: { ...samplePerson(index), visual_studio_subscription_email: '' },
            organizations: [],
          })),
        ).flat(),
      },
    });
    const reports = made ? [made.chapter] : [];
    await using opened = await openPage(browser, { ...sampleDocument(3), reports });
    const { page } = opened;
    const candidates = page.getByRole('region', { name: 'Candidates', exact: true });
    await candidates.getByRole('button', { name: 'Filters' }).click();
    const reason = candidates.getByRole('combobox', { name: 'Filter Reason' });
    expect(await reason.locator('option').allTextContents()).toEqual(['All', ...REASON_NAMES.toSorted()]);
    await reason.selectOption('outside-collaborator');
    expect(await candidates.getByRole('status').textContent()).toBe(`5 of ${5 * REASON_NAMES.length} rows`);
    expect(new Set(await candidates.locator('tbody td:nth-child(2)').allTextContents())).toEqual(
      new Set(['outside-collaborator']),
    );
  });

  test('draws a picture for every chart', async () => {
    await using opened = await openPage(browser, sampleDocument(3));
    const names = await opened.page
      .getByRole('img', { name: /^Chart/ })
      .evaluateAll((images) => images.map((image) => image.getAttribute('aria-label')));
    expect(names).toEqual([
      'Chart: Seats consumed, by run. The table has its values.',
      'Chart: People by license. The table has its values.',
      'Chart: People by organization. The table has its values.',
      'Chart: Net cost by day, US dollars. The table has its values.',
    ]);
    for (const image of await opened.page.getByRole('img', { name: /^Chart/ }).all()) {
      const box = await image.boundingBox();
      expect(box?.height).toBeGreaterThan(80);
    }
  });

  test('sorts up, down, and back, with empty cells last', async () => {
    await using opened = await openPage(browser, sampleDocument(200));
    const { page } = opened;
    const header = people(page).getByRole('columnheader', { name: 'GitHub.com login' });
    const unsorted = await firstColumn(page);

    await header.getByRole('button').click();
    expect(await header.getAttribute('aria-sort')).toBe('ascending');
    const ascending = await firstColumn(page);
    const logins = Array.from({ length: 200 }, (_, index) => samplePerson(index).github_com_login).filter(
      Boolean,
    );
    const sorted = logins.toSorted(new Intl.Collator('en', { numeric: true }).compare);
    expect(ascending).toEqual(sorted.slice(0, 25));

    await header.getByRole('button').click();
    expect(await header.getAttribute('aria-sort')).toBe('descending');
    expect(await firstColumn(page)).toEqual(sorted.toReversed().slice(0, 25));
    await people(page).getByRole('button', { name: 'Last page' }).click();
    expect((await firstColumn(page)).at(-1)).toBe('');

    await header.getByRole('button').click();
    expect(await header.getAttribute('aria-sort')).toBeNull();
    expect(await firstColumn(page)).toEqual(unsorted);
  });

  test('sorts numbers as numbers', async () => {
    await using opened = await openPage(browser, sampleDocument(3));
    const usage = opened.page.getByRole('region', { name: 'Usage' });
    await usage.getByRole('columnheader', { name: 'Quantity' }).getByRole('button').click();
    const shown = await usage.locator('tbody td:nth-child(4)').allTextContents();
    const numbers = shown.map((text) => Number(text.replaceAll(',', '')));
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(numbers[0]).toBeLessThan(1300);
  });

  test('finds rows that hold every word, says how many, and clears', async () => {
    await using opened = await openPage(browser, sampleDocument(800));
    const { page } = opened;
    const wanted = Array.from({ length: 800 }, (_, index) => samplePerson(index)).filter(
      (person) => person.github_com_name === 'Grace Hopper',
    );
    await people(page).getByRole('searchbox', { name: 'Search People' }).fill('hopper GRACE');
    expect(await status(page).textContent()).toBe(`${wanted.length} of 800 rows`);
    expect(wanted.length).toBeGreaterThan(1);
    expect(new Set(await people(page).locator('tbody td:nth-child(2)').allTextContents())).toEqual(
      new Set(['Grace Hopper']),
    );

    await people(page).getByRole('searchbox', { name: 'Search People' }).fill('nobody of that name');
    expect(await rows(page).count()).toBe(0);
    expect(await people(page).locator('.range').textContent()).toBe('None of 800 rows matches.');
    await people(page).getByRole('button', { name: 'Clear' }).click();
    expect(await status(page).textContent()).toBe('800 rows');
    expect(await rows(page).count()).toBe(25);
  });

  test('filters a column by a choice, by text and by an amount', async () => {
    await using opened = await openPage(browser, sampleDocument(400));
    const { page } = opened;
    const everyone = Array.from({ length: 400 }, (_, index) => samplePerson(index));
    await people(page).getByText('Columns', { exact: true }).click();
    await people(page).getByRole('checkbox', { name: 'GitHub.com two-factor authentication' }).check();
    await page.keyboard.press('Escape');
    await people(page).getByRole('button', { name: 'Filters' }).click();

    await page.getByLabel('Filter GitHub.com two-factor authentication').selectOption('No');
    const without = everyone.filter((person) => person.github_com_two_factor_auth === false);
    expect(await status(page).textContent()).toBe(`${without.length} of 400 rows`);

    await page.getByLabel('Filter GitHub.com login').fill('-hopper-');
    const both = without.filter((person) => person.github_com_login.includes('-hopper-'));
    expect(await status(page).textContent()).toBe(`${both.length} of 400 rows`);

    const usage = page.getByRole('region', { name: 'Usage' });
    await usage.getByRole('button', { name: 'Filters' }).click();
    await page.getByLabel('Filter Quantity').fill('>= 5000');
    const quantities = await usage.locator('tbody td:nth-child(4)').allTextContents();
    expect(quantities.length).toBeGreaterThan(0);
    expect(quantities.every((text) => Number(text.replaceAll(',', '')) >= 5000)).toBe(true);
  });

  test('turns pages, and shows and hides columns', async () => {
    await using opened = await openPage(browser, sampleDocument(60));
    const { page } = opened;
    const pages = page.getByRole('navigation', { name: 'Pages of People' });
    await pages.getByRole('button', { name: 'Next page' }).click();
    await pages.getByRole('button', { name: 'Next page' }).click();
    expect(await rows(page).count()).toBe(10);
    expect(await people(page).locator('.range').textContent()).toBe('Rows 51 to 60 of 60 rows.');
    await pages.getByRole('button', { name: 'Next page' }).press('Enter');
    expect(await people(page).locator('.range').textContent()).toBe('Rows 51 to 60 of 60 rows.');
    await pages.getByLabel('Rows a page').selectOption('100');
    expect(await rows(page).count()).toBe(60);

    const columns = await people(page).getByRole('columnheader').count();
    await people(page).getByText('Columns', { exact: true }).click();
    expect(columns).toBeLessThan(await people(page).getByRole('checkbox').count());
    await people(page).getByRole('checkbox', { name: 'GitHub.com name' }).uncheck();
    await people(page).getByRole('checkbox', { name: 'Visual Studio license status (empty)' }).check();
    expect(await people(page).getByRole('columnheader').count()).toBe(columns);
    expect(await people(page).getByRole('columnheader', { name: 'GitHub.com name' }).count()).toBe(0);
  });

  test('is used by keyboard alone', async () => {
    await using opened = await openPage(browser, sampleDocument(60));
    const { page } = opened;
    const focused = () =>
      page.evaluate<string>(
        `document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()`,
      );
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the report');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');

    await people(page).getByRole('searchbox', { name: 'Search People' }).focus();
    await page.keyboard.type('a');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Filters');
    await page.keyboard.press('Enter');
    expect(await page.getByLabel('Filter GitHub.com login').isVisible()).toBe(true);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await people(page).getByRole('checkbox').first().isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await people(page).getByRole('checkbox').first().isVisible()).toBe(false);

    const login = people(page).getByRole('columnheader', { name: 'GitHub.com login' });
    await login.getByRole('button').focus();
    await page.keyboard.press('Space');
    expect(await login.getAttribute('aria-sort')).toBe('ascending');
    expect(await focused()).toBe('GitHub.com login');

    const next = page
      .getByRole('navigation', { name: 'Pages of People' })
      .getByRole('button', { name: 'Next page' });
    await next.focus();
    for (let turn = 0; turn < 5; turn++) await page.keyboard.press('Enter');
    expect(await focused()).toBe('Next page');
    expect(await next.getAttribute('aria-disabled')).toBe('true');
  });

  describe('the page of the demo', () => {
    let file = '';
    beforeAll(async () => {
      const directory = workspace();
      await runDemo(directory, NOW, (github, inputs) => runHere(github, inputs, { workspace: directory }));
      file = pathToFileURL(join(directory, 'enterprise-report', 'report.html')).href;
    });

    /** Everything unfolded, and every table as the reader first sees it. */
    async function openDemo(options: BrowserContextOptions): Promise<Page> {
      const page = await browser.newPage(options);
      await page.goto(file);
      await page.locator('section.data:not(.live)').first().waitFor({ state: 'detached' });
      for (const folded of await page.locator('details.section, details.rest').all())
        await folded.evaluate((details) => details.setAttribute('open', ''));
      return page;
    }

    test.each([
      ['light', 1280],
      ['dark', 1280],
      ['light', 390],
    ] as const)('has no finding of axe, %s, %d pixels wide', async (colorScheme, width) => {
      const page = await openDemo({ colorScheme, viewport: { width, height: 900 } });
      for (const button of await page.getByRole('button', { name: 'Filters' }).all()) await button.click();
      await page.evaluate(axe.source);
      const { violations, passes } = await page.evaluate<AxeResults>(
        `axe.run({ rules: { 'target-size': { enabled: true } } })`,
      );
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 150))])).toEqual(
        [],
      );
      expect(passes.map(({ id }) => id)).toEqual(expect.arrayContaining(['color-contrast', 'target-size']));
      await page.close();
    });

    /** What is wider than its place, or lies outside of the page. */
    const CLIPPED = `[...document.querySelectorAll('main *, header *, footer *')]
      .filter((one) => one.checkVisibility() && !one.closest('svg, .hidden, .menu'))
      .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
      .map((one) => one.outerHTML.slice(0, 120))`;
    const SCROLLED = `[...document.querySelectorAll('.scroll')]
      .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
      .map((one) => one.getAttribute('aria-label') ?? one.closest('section').id)`;

    test.each([1280, 768, 390])('is not wider than a screen of %d pixels', async (width) => {
      const page = await openDemo({ viewport: { width, height: 900 } });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      if (width === 1280) {
        expect(await page.evaluate(CLIPPED)).toEqual([]);
        expect(await page.evaluate(SCROLLED)).toEqual([]);
      }
      await page.close();
    });

    test('is not wider than paper', async () => {
      // A4 without the margins.
      const page = await openDemo({ viewport: { width: 702, height: 1000 } });
      await page.emulateMedia({ media: 'print' });
      expect(await page.evaluate(CLIPPED)).toEqual([]);
      await page.close();
    });

    test('tells nothing twice, has no empty heading, and links to the files beside it', async () => {
      const page = await openDemo({ viewport: { width: 1280, height: 900 } });
      const headings = await page.locator('h1, h2, h3').allTextContents();
      expect(headings.filter((text) => text.trim() === '')).toEqual([]);
      const tables = await page
        .locator('tbody')
        .evaluateAll((bodies) => bodies.map((body) => body.textContent?.replaceAll(/\s/g, '') ?? ''));
      expect(tables.filter((text, index) => text !== '' && tables.indexOf(text) !== index)).toEqual([]);
      const files = await page
        .locator('a[href^="./"]')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
      expect(files).toEqual(expect.arrayContaining(['./licenses.csv', './report.xlsx', './summary.md']));
      await page.close();
    });
  });

  test('follows the reader’s light or dark', async () => {
    const background = async (colorScheme: 'light' | 'dark') => {
      await using opened = await openPage(browser, sampleDocument(3), { colorScheme });
      return await opened.page.evaluate('getComputedStyle(document.body).backgroundColor');
    };
    expect(await background('light')).toBe('rgb(255, 255, 255)');
    expect(await background('dark')).toBe('rgb(13, 17, 23)');
  });

  test('fits a phone: only tables scroll sideways', async () => {
    await using opened = await openPage(browser, sampleDocument(60), {
      viewport: { width: 390, height: 844 },
    });
    await people(opened.page).getByRole('button', { name: 'Filters' }).click();
    expect(await opened.page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });

  test('prints everything unfolded, a page of each table, no controls, in light', async () => {
    await using opened = await openPage(browser, sampleDocument(), { colorScheme: 'dark' });
    const { page } = opened;
    const folded = page.getByText('37 seats are candidates.');
    expect(await folded.isVisible()).toBe(false);

    await page.emulateMedia({ media: 'print' });
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);
    expect(
      await page
        .locator('details.section')
        .evaluateAll((all) => all.every((one) => one.hasAttribute('open'))),
    ).toBe(true);
    expect(await folded.isVisible()).toBe(true);
    expect(await page.getByRole('searchbox').count()).toBe(0);
    expect(await page.getByRole('button').count()).toBe(0);
    expect(await page.getByText('Rows 1 to 25 of 4,512 rows.').isVisible()).toBe(true);
    expect(await people(page).getByText('All rows, for a spreadsheet: licenses.csv').isVisible()).toBe(true);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    await page.evaluate(`dispatchEvent(new Event('afterprint'))`);
    await page.emulateMedia({ media: null });
    expect(await folded.isVisible()).toBe(false);

    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    expect(sheets).toBeGreaterThan(2);
    expect(sheets).toBeLessThan(15);
  });

  test('shows the report and the first rows without JavaScript', async () => {
    await using opened = await openPage(browser, sampleDocument(60), { javaScriptEnabled: false });
    expect(await rows(opened.page).count()).toBe(25);
    expect(await people(opened.page).getByText('The first 25 of 60 rows').isVisible()).toBe(true);
  });

  test.each([
    ['damaged', /(class="block" data-table="table-0-0">)[^<]{40}/, '$1'],
    ['missing', /<script type="text\/plain" class="block" data-table="table-0-0">[^<]*<\/script>/, ''],
  ])('says so when rows are %s', async (_, pattern, replacement) => {
    await using opened = await openPage(browser, sampleDocument(30), { javaScriptEnabled: false });
    const html = (await opened.page.content()).replace(pattern, replacement);
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.setContent(html);
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('This browser shows the first rows only');
    expect(await rows(page).count()).toBe(25);
    await context.close();
  });

  test('keeps hostile content inert', async () => {
    const hostile = [
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(2)>',
      '</script><script>alert(3)</script>',
      '<!--<script>',
      'javascript:alert(4)',
      '\u202egpj.exe\u2028\u2029\u0000',
      '{{constructor.constructor("alert(5)")()}}',
      '__proto__',
      'x'.repeat(10_000),
    ];
    const document = sampleDocument(
      hostile.map((text, index) => ({
        ...samplePerson(index),
        github_com_login: text,
        github_com_name: text,
        github_com_profile:
          index % 2 ? `javascript:alert(${index})` : `https://example.com/"onclick=alert(${index})`,
        license_type: text,
        github_com_member_roles: hostile,
      })),
    );
    await using opened = await openPage(browser, {
      ...document,
      title: hostile[0] ?? '',
      enterprise: hostile[1] ?? '',
      apiUrl: hostile[2] ?? '',
      headline: hostile[2] ?? '',
      figures: hostile.map((text) => ({ label: text, value: text, format: 'text', hint: text })),
      alerts: hostile.map((text) => ({
        level: 'warning',
        text: [{ link: text, text }, { code: text }, { person: text }],
      })),
      reports: [
        {
          title: hostile[2] ?? '',
          sections: [
            {
              title: hostile[1] ?? '',
              blocks: [
                {
                  kind: 'table',
                  columns: [
                    { label: hostile[0] ?? '', format: 'text' },
                    { label: hostile[1] ?? '', format: 'number' },
                  ],
                  rows: hostile.map((text, index) => [text, index + 1]),
                  chart: { type: 'pie', title: hostile[2] ?? '', x: hostile[0] ?? '', y: hostile[1] ?? '' },
                  file: hostile[1] ?? '',
                },
              ],
            },
          ],
          tables: document.reports[0]?.tables ?? [],
        },
      ],
      files: hostile,
    });
    const { page, errors, dialogs, requests } = opened;
    await people(page).getByRole('button', { name: 'Filters' }).click();
    await people(page).getByRole('columnheader').first().getByRole('button').click();
    expect(await people(page).locator('tbody tr').count()).toBe(hostile.length);
    expect(await firstColumn(page)).toContain('</script><script>alert(3)</script>');
    expect(await page.locator('img, iframe, object, [onerror], [onclick]').count()).toBe(0);
    const addresses = await page
      .locator('a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    expect(addresses.filter((address) => !/^(#|\.\/|https?:\/\/)/.test(address ?? ''))).toEqual([]);
    expect(await page.locator('script:not([type])').count()).toBe(1);
    expect(dialogs).toEqual([]);
    expect(errors).toEqual([]);
    expect(requests).toEqual([]);
  });

  test('stays quick with 100,000 people', { timeout: 120_000 }, async () => {
    const started = performance.now();
    const document = sampleDocument(100_000);
    await using opened = await openPage(browser, document);
    const { page, bytes } = opened;
    const prepared = performance.now() - started;
    await page.reload({ waitUntil: 'commit' });
    const reloaded = performance.now();
    await people(page).getByRole('status').waitFor();
    const usable = performance.now() - reloaded;
    const timed = (action: string) =>
      page.evaluate<number>(`new Promise((resolve) => {
        const section = document.querySelector('section.data');
        const started = performance.now();
        ${action};
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - started)));
      })`);
    const search = (text: string) =>
      timed(
        `const input = section.querySelector('input[type=search]'); input.value = '${text}';
        input.dispatchEvent(new Event('input'))`,
      );
    const first = await search('hopper');
    const second = await search('hopper-9');
    const choice = await timed(
      `const select = section.querySelectorAll('tr.filters select')[0]; select.value = '1'; select.dispatchEvent(new Event('change'))`,
    );
    await page.getByRole('region', { name: 'People' }).getByRole('button', { name: 'Clear' }).click();
    const sort = await timed(`section.querySelector('.sort').click()`);
    expect(await status(page).textContent()).toBe('100,000 rows');
    expect(await page.locator('tr').count()).toBeLessThan(300);
    const ms = (value: number) => `${Math.round(value)} ms`;
    console.info(
      `100,000 people: report.html has ${(bytes / 1e6).toFixed(1)} MB; usable after ${ms(usable)}; search answered in ${ms(first)}, then ${ms(second)}; choice in ${ms(choice)}; sort in ${ms(sort)} (made and first opened in ${ms(prepared)})`,
    );
  });
});
