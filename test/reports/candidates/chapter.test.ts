import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../../src/output/redact.ts';
import {
  type Candidate,
  priceCandidates,
  surestOf,
  totalsOf,
} from '../../../src/reports/candidates/candidates.ts';
import { gatherCandidates } from '../../../src/reports/candidates/chapter.ts';
import { LICENSES, REASON_NAMES, REASONS, type ReasonName } from '../../../src/reports/candidates/reasons.ts';

const candidate = (reason: ReasonName, login: string, more: Partial<Candidate> = {}): Candidate => ({
  reason,
  key: login,
  person: { github_com_login: login, enterprise_server_user_ids: [], visual_studio_subscription_email: '' },
  organizations: [],
  ...more,
});
const PRICES = {
  licensePrices: new Map([
    ['ghec_licenses', 21],
    ['copilot_enterprise', 39.1],
  ]),
};
const seat = { sku: 'ghec_licenses' };

/** Each row as `candidates.csv` has it. */
function rowsOf(made: ReturnType<typeof gatherCandidates>): Record<string, unknown>[] {
  const [table] = made?.chapter.tables ?? [];
  return (table?.rows ?? []).map((row) =>
    Object.fromEntries((table?.columns ?? []).map(({ name, value }) => [name, value(row)])),
  );
}

test('a run that reads nobody has none', () => {
  expect(gatherCandidates({})).toBeUndefined();
  const unread = { candidates: undefined };
  expect(gatherCandidates({ licenses: unread, copilot: unread, billing: PRICES })).toBeUndefined();
  const empty = gatherCandidates({ copilot: { candidates: [] } });
  expect([empty?.note, empty?.chapter.sections, rowsOf(empty)]).toEqual([undefined, [], []]);
});

test('a row has the license, why, what to check, who, and what it costs a month', () => {
  const made = gatherCandidates({
    licenses: {
      candidates: [
        candidate('duplicate-seat', '', {
          ...seat,
          check: 'Group 1 of duplicates.csv.',
          person: {
            github_com_login: '',
            enterprise_server_user_ids: ['s:1', 's:2'],
            visual_studio_subscription_email: 'a@x.com',
          },
          organizations: ['acme', 'mona'],
        }),
      ],
    },
    copilot: {
      candidates: [
        candidate('copilot-inactive', 'mona', { sku: 'copilot_for_business', lastActivity: '2026-08-01' }),
      ],
    },
    billing: PRICES,
  });
  expect(rowsOf(made)).toEqual([
    {
      license: 'seat',
      reason: 'duplicate-seat',
      certainty: 'likely',
      what_to_check: 'Group 1 of duplicates.csv.',
      github_com_login: '',
      enterprise_server_user_ids: ['s:1', 's:2'],
      visual_studio_subscription_email: 'a@x.com',
      organizations: ['acme', 'mona'],
      last_activity_at: undefined,
      cost_per_month: 21,
    },
    {
      license: 'copilot',
      reason: 'copilot-inactive',
      certainty: 'likely',
      what_to_check: REASONS['copilot-inactive'].check,
      github_com_login: 'mona',
      enterprise_server_user_ids: [],
      visual_studio_subscription_email: '',
      organizations: [],
      last_activity_at: '2026-08-01',
      cost_per_month: undefined,
    },
  ]);
  const shown = made && { ...made, chapter: createRedactor('k'.repeat(32), ['acme']).chapter(made.chapter) };
  const [row] = rowsOf(shown);
  expect(row?.organizations).toEqual(['acme', expect.stringMatching(/^user-/)]);
  expect(JSON.stringify([rowsOf(shown), shown?.chapter.sections])).not.toMatch(/mona|s:1|a@x/);
});

describe('the line under the verdict', () => {
  const noteOf = (seats: readonly Candidate[], copilot?: readonly Candidate[], billing?: typeof PRICES) =>
    gatherCandidates({
      licenses: { candidates: seats },
      ...(copilot && { copilot: { candidates: copilot } }),
      ...(billing && { billing }),
    })?.note?.text;

  test('counts each person once, under the surest reason, license by license', () => {
    const seats = [
      candidate('pending-invitation', 'a', seat),
      candidate('visual-studio-only', 'b'),
      candidate('duplicate-seat', 'b'),
      candidate('no-organization', 'c', seat),
      candidate('duplicate-seat', 'c', seat),
      candidate('visual-studio-unmatched', 'd'),
    ];
    const copilot = [candidate('copilot-inactive', 'copilot c', { sku: 'copilot_enterprise' })];
    expect(noteOf(seats, copilot, PRICES)).toBe(
      'Licenses that could come free: 2 seats likely ($21.00 a month for 1 of them), 1 seat to check ($21.00 a month), ' +
        '1 Copilot seat likely ($39.10 a month), 1 Visual Studio subscription to check. ' +
        'Prices are those of the bill, before discounts.',
    );
    expect(noteOf(seats, copilot)).toBe(
      'Licenses that could come free: 2 seats likely, 1 seat to check, 1 Copilot seat likely, 1 Visual Studio subscription to check.',
    );
    expect(noteOf([], copilot)).toBe('Licenses that could come free: 1 Copilot seat likely.');
    expect(noteOf([])).toBeUndefined();
  });

  test('adds up to everybody, to the cent, whatever the reasons', () => {
    const any = fc.record({
      reason: fc.constantFrom(...REASON_NAMES),
      key: fc.nat(5),
      sku: fc.constantFrom(undefined, 'ghec_licenses', 'copilot_enterprise'),
    });
    fc.assert(
      fc.property(fc.array(any), (given) => {
        const priced = priceCandidates(
          given.map(({ reason, key, sku }) => candidate(reason, `${key}`, { ...(sku && { sku }) })),
          PRICES.licensePrices,
        );
        const totals = totalsOf(priced);
        const sum = (of: (total: (typeof totals)[number]) => number) =>
          totals.reduce((all, total) => all + of(total), 0);
        expect(sum(({ people }) => people)).toBe(new Set(given.map(({ key }) => key)).size);
        expect(sum(({ cost }) => cost)).toBeCloseTo(
          surestOf(priced).reduce((all, { cost = 0 }) => all + cost, 0),
          6,
        );
        for (const { people, priced: known } of totals) expect(known).toBeLessThanOrEqual(people);
        const order = totals.map(
          ({ license, certainty }) => `${LICENSES.indexOf(license)} ${certainty === 'check'}`,
        );
        expect(order).toEqual([...new Set(order)].sort());
        // Nobody who is likely anywhere is only to be checked.
        const likely = new Set(
          given.flatMap(({ reason, key }) => (REASONS[reason].certainty === 'likely' ? [key] : [])),
        );
        expect(sum(({ certainty, people }) => (certainty === 'likely' ? people : 0))).toBe(likely.size);
      }),
    );
  });
});

describe('the section', () => {
  test('names each reason by its word in the file, how many it has, and ten people at most', () => {
    const people = Array.from({ length: 12 }, (_, index) => candidate('no-organization', `p${index}`, seat));
    const made = gatherCandidates({
      licenses: {
        candidates: [
          ...people,
          candidate('duplicate-seat', 'row', seat),
          candidate('duplicate-seat', 'subscriber'),
        ],
      },
      copilot: { candidates: [candidate('copilot-inactive', 'idle')] },
      billing: PRICES,
    });
    const [section] = made?.chapter.sections ?? [];
    const table = section?.blocks.find((block) => block.kind === 'table');
    expect(table?.rows).toEqual([
      [{ code: 'no-organization' }, 'seat', 'likely', 12, 252],
      [{ code: 'duplicate-seat' }, 'seat', 'likely', 2, '$21.00 for 1'],
      [{ code: 'copilot-inactive' }, 'Copilot seat', 'likely', 1, undefined],
    ]);
    const text = JSON.stringify(made?.chapter.sections);
    expect(text.match(/"person"/g)).toHaveLength(10);
    expect(text).toContain('" and 2 more in ",{"code":"candidates.csv"}');
    // Sections of their own name these.
    expect(text).not.toMatch(/"idle"|"row"|"subscriber"/);
  });

  test('has no prices where the bill has none', () => {
    const made = gatherCandidates({ licenses: { candidates: [candidate('no-organization', 'a', seat)] } });
    const table = made?.chapter.sections[0]?.blocks.find((block) => block.kind === 'table');
    expect(table?.columns.map(({ label }) => label)).not.toContain('A month');
  });
});
