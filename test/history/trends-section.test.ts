import { describe, expect, it } from 'vitest';
import { historyNotices, historySections } from '../../src/history/trends-section.ts';
import type { TableBlock } from '../../src/reports/report.ts';

const NOW = new Date('2026-06-30T06:00:00Z');
const run = (daysAgo: number, metrics: Record<string, number>) => ({
  at: NOW.getTime() - daysAgo * 86_400_000,
  metrics,
});
const tables = (...args: Parameters<typeof historySections>): TableBlock[] =>
  historySections(...args).flatMap(({ blocks }) => blocks.filter((block) => block.kind === 'table'));

describe('the trend section', () => {
  it('shows the change since the last run and since about a month ago', () => {
    const runs = [
      run(45, { 'seats-consumed': 1 }),
      run(36, { 'seats-consumed': 80, 'servers-failing': 2 }),
      run(28, { 'seats-consumed': 90 }),
      run(7, { 'seats-consumed': 112, 'servers-failing': 0 }),
      run(1, { 'cost-net-forecast': 50 }),
    ];
    const now = { 'seats-consumed': 110, 'servers-failing': 1, 'seats-available': 5 };
    expect(tables(runs, NOW, now)[0]?.rows).toEqual([
      ['Seats consumed', 110, -2, 20],
      ['Servers whose sync fails', 1, 1, -1],
    ]);
  });

  it('knows no month ago when no run is near it', () => {
    const runs = [run(60, { 'seats-consumed': 1 }), run(19, { 'seats-consumed': 100 })];
    expect(tables(runs, NOW, { 'seats-consumed': 110 })[0]?.rows).toEqual([
      ['Seats consumed', 110, 10, undefined],
    ]);
  });

  it('draws the last runs and this one, and lists the latest', () => {
    const runs = Array.from({ length: 30 }, (_, index) =>
      run(30 - index, { 'seats-consumed': index, 'seats-purchased': 100 }),
    );
    const now = { 'seats-consumed': 30, 'cost-net-forecast': 1 };
    const [, seats, ...others] = tables(runs, NOW, now);
    expect(seats).toMatchObject({
      chart: {
        type: 'line',
        title: 'Seats consumed',
        x: 'Run',
        y: 'Seats consumed',
        against: 'Seats purchased',
      },
      limit: 5,
      fromEnd: true,
    });
    expect(seats?.columns.map(({ label }) => label)).toEqual(['Run', 'Seats consumed', 'Seats purchased']);
    expect(seats?.rows).toHaveLength(26);
    expect(seats?.rows.at(-2)).toEqual(['2026-06-29', 29, 100]);
    expect(seats?.rows.at(-1)).toEqual(['2026-06-30', 30, undefined]);
    expect(others).toEqual([]);
  });

  it('knows Copilot seats', () => {
    const runs = [run(7, { 'copilot-seats': 50, 'copilot-seats-inactive': 9, 'copilot-inactive-cost': 171 })];
    const now = { 'copilot-seats': 60, 'copilot-seats-inactive': 4, 'copilot-inactive-cost': 76 };
    const [changes, chart] = tables(runs, NOW, now);
    expect(changes?.rows).toEqual([
      ['Copilot seats', 60, 10, undefined],
      ['Inactive Copilot seats', 4, -5, undefined],
      ['Cost of inactive Copilot seats a month (US dollars)', 76, -95, undefined],
    ]);
    expect(chart?.rows).toEqual([
      ['2026-06-23', 9, 50],
      ['2026-06-30', 4, 60],
    ]);
  });

  it('is folded behind what the seats did, and when none is left', () => {
    const runs = [run(31, { 'seats-consumed': 1200 }), run(7, { 'seats-consumed': 110 })];
    const now = { 'seats-consumed': 110, 'days-until-full': 40.6 };
    expect(historySections(runs, NOW, now)).toMatchObject([
      {
        collapsed: true,
        conclusion:
          'seats consumed ±0 since 2026-06-23, −1,090 since 2026-05-30, at this pace none is left in 41 days',
      },
    ]);
    expect(historySections([run(7, { servers: 1 })], NOW, { servers: 1 })[0]?.conclusion).toBeUndefined();
  });

  it('is left out on the first run', () => {
    expect(historySections([], NOW, { 'seats-consumed': 1 })).toEqual([]);
  });
});

describe('the notices on the history', () => {
  const run = (at: string, enterprise: string) => ({ at: Date.parse(at), enterprise, metrics: {} });

  it('name damaged lines and count those dated after the run', () => {
    const runs = [
      run('2026-07-01T00:00:00Z', 'ACME'),
      run('2026-07-01T00:00:00Z', 'other'),
      run('2026-06-01T00:00:00Z', 'acme'),
    ];
    const damaged = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31];
    expect(historyNotices({ runs, damaged }, 'acme', NOW).map(({ text }) => text)).toEqual([
      expect.stringContaining('in line 2, 3, 5, 7, 11, 13, 17, 19, 23, 29 and 1 more.'),
      expect.stringContaining('dated after this one: 1.'),
    ]);
  });

  it('are none for a file in order', () => {
    expect(historyNotices({ runs: [run('2026-06-01T00:00:00Z', 'acme')], damaged: [] }, 'acme', NOW)).toEqual(
      [],
    );
  });
});
