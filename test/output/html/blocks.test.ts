import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unmasked } from '../../../src/common/text.ts';
import { sectionHtml } from '../../../src/output/html/blocks.ts';
import { hostileText, tags, textNodes } from '../reading.ts';

/** As a browser shows it. */
const shown = (text: string): string => unmasked(text).replace(/[\ufffe\uffff]/g, '\ufffd');

test('whatever stands in a section comes out as text, in its place, and in no element of its own', () => {
  fc.assert(
    fc.property(hostileText, hostileText, hostileText, (one, two, three) => {
      const page = sectionHtml(
        {
          title: one,
          blocks: [
            { kind: 'text', text: [two, { code: three }, { strong: one }] },
            { kind: 'list', items: [one, { link: 'https://docs.example/', text: two }] },
            { kind: 'callout', level: 'warning', text: three },
            { kind: 'figures', figures: [{ label: one, value: two, format: 'text', hint: `x${three}` }] },
            {
              kind: 'table',
              columns: [
                { label: two, format: 'text' },
                { label: three, format: 'number' },
              ],
              rows: [[one, 5]],
            },
          ],
        },
        'Report',
        { files: new Set(), tables: new Map() },
      ).html;
      const expected = [
        ...[one, two, three, one],
        ...[one, two],
        ...['Warning ', three],
        ...[one, two, `x${three}`],
        ...[two, three, one === '' ? '–' : one, '5'],
      ];
      expect(textNodes(page).join('')).toBe(expected.map(shown).join(''));
      const allowed = 'a code dd div dl dt h3 li p section strong table tbody td th thead tr ul'.split(' ');
      expect([...tags(page)].filter((tag) => !allowed.includes(tag))).toEqual([]);
      expect(Array.from(page.matchAll(/href="([^"]*)"/g), ([, href]) => href)).toEqual([
        'https://docs.example/',
      ]);
      const [, label = ''] = /aria-label="([^"]*)"/.exec(page) ?? [];
      expect(textNodes(label).join('')).toBe(shown(one || 'Report'));
    }),
  );
});
