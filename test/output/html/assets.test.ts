import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { pageAssets } from '../../../scripts/build-page.ts';
import { pageOf } from './sample.ts';

const sha256 = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const between = (html: string, start: string, end: string) => {
  const from = html.indexOf(start) + start.length;
  return html.slice(from, html.indexOf(end, from));
};

test('the committed script and style are what the sources build to', async () => {
  const committed = await readFile(
    new URL('../../../src/output/html/assets.generated.ts', import.meta.url),
    'utf8',
  );
  expect(committed === (await pageAssets()), 'run `node scripts/build-page.ts`').toBe(true);
});

test('the policy allows this script and this style and nothing else', () => {
  const html = pageOf({});
  const policy = between(html, '<meta http-equiv="Content-Security-Policy" content="', '"');
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    `script-src ${sha256(between(html, '<script>', '</script>'))}`,
    `style-src ${sha256(between(html, '<style>', '</style>'))}`,
    "base-uri 'none'",
    "form-action 'none'",
  ]);
});

test('the policy stands before anything that it governs', () => {
  const html = pageOf({});
  expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<title>'));
  expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<style>'));
});

test('the page has no style attribute, which the policy would forbid, and refers to no file', () => {
  const html = pageOf({});
  expect(html).not.toMatch(/<[^>]+ style=/);
  expect(html).not.toMatch(/<link|<img| src=|url\(/);
});
