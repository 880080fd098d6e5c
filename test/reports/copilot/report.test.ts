import { describe, expect, test } from 'vitest';
import { GitHubError } from '../../../src/github/errors.ts';
import type { CopilotBill } from '../../../src/reports/billing/copilot.ts';
import { NotOfferedError } from '../../../src/reports/context.ts';
import { addPrices, explainMissing, makeCopilotReport } from '../../../src/reports/copilot/index.ts';
import { NOW } from '../../clock.ts';
import { fakeClient, inputs, type Reply, refusal } from '../fake-client.ts';
import { daysAgo, sent } from './seats.ts';

const PATH = '/enterprises/acme/copilot/billing/seats';

const make = (reply: Reply, given = inputs()) =>
  makeCopilotReport({ client: fakeClient({ [PATH]: reply }), inputs: given, now: NOW, progress: () => {} });
/** One page, of as many seats as there are people in it. */
const reportOn = (...seats: ReturnType<typeof sent>[]) =>
  make({ total_seats: new Set(seats.map(({ assignee }) => assignee?.login)).size, seats });

const rows = ({ tables: [table] }: Awaited<ReturnType<typeof make>>): Record<string, unknown>[] =>
  (table?.rows ?? []).map((row) =>
    Object.fromEntries(table?.columns.map(({ name, value }) => [name, value(row)]) ?? []),
  );
const said = ({ sections }: Awaited<ReturnType<typeof make>>): string => JSON.stringify(sections);
const stateOf = async (...grants: Readonly<Record<string, unknown>>[]) =>
  rows(await reportOn(...grants.map((grant) => sent('mona', grant))))[0]?.state;

const bill = (prices: Record<string, number> | 'none', money = { gross: 100, discount: 20 }): CopilotBill =>
  ({
    plans: new Set(prices === 'none' ? [] : Object.keys(prices)),
    prices:
      prices === 'none' ? { absent: 'not-delivered', why: 'no line items' } : new Map(Object.entries(prices)),
    isWhole: true,
    money: { ...money, net: 80 },
  }) as unknown as CopilotBill;

describe('a person is', () => {
  test.each([
    ['active with activity today', 'active', { last_activity_at: daysAgo(0) }],
    ['active with activity at the limit', 'active', { last_activity_at: daysAgo(30) }],
    ['active by a clock that is a few minutes ahead', 'active', { last_activity_at: daysAgo(-0.003) }],
    ['inactive with activity beyond it', 'inactive', { last_activity_at: daysAgo(30.001) }],
    ['inactive without activity', 'inactive', {}],
    ['inactive with an empty date of activity', 'inactive', { last_activity_at: '' }],
    ['new with a seat at the limit', 'new', { created_at: daysAgo(30) }],
    ['inactive with a seat beyond it', 'inactive', { created_at: daysAgo(30.001) }],
    ['active rather than new', 'active', { created_at: daysAgo(3), last_activity_at: daysAgo(1) }],
    [
      'ending rather than active',
      'ending',
      { pending_cancellation_date: '2026-12-01', last_activity_at: daysAgo(1) },
    ],
    ['ending after the date as well', 'ending', { pending_cancellation_date: '2026-11-01' }],
    ['unknown with activity ahead', 'unknown', { last_activity_at: daysAgo(-1) }],
    ['unknown with activity that is no date', 'unknown', { last_activity_at: 'yesterday' }],
    ['unknown with a day that no month has', 'unknown', { last_activity_at: '2026-02-30T00:00:00Z' }],
    ['unknown with a seat from ahead', 'unknown', { created_at: daysAgo(-1) }],
    ['unknown with a seat from no date', 'unknown', { created_at: '' }],
    ['unknown with an end that is no date', 'unknown', { pending_cancellation_date: 'soon' }],
  ] as const)('%s', async (_, state, grant) => {
    expect(await stateOf(grant)).toBe(state);
  });

  test.each([
    ['active by any grant', 'active', [{}, { last_activity_at: daysAgo(2) }]],
    [
      'active whatever else cannot be read',
      'active',
      [{ last_activity_at: '?' }, { last_activity_at: daysAgo(2) }],
    ],
    [
      'unknown where the only activity that counts may be unreadable',
      'unknown',
      [{ last_activity_at: '?' }, {}],
    ],
    ['inactive although a grant is new', 'inactive', [{ created_at: daysAgo(2) }, {}]],
    ['inactive by an old grant, whatever else cannot be read', 'inactive', [{ created_at: '?' }, {}]],
    [
      'unknown where an unreadable grant may be the earliest',
      'unknown',
      [{ created_at: '?' }, { created_at: daysAgo(2) }],
    ],
    [
      'inactive where one grant ends and one stays',
      'inactive',
      [{ pending_cancellation_date: '2026-12-01' }, {}],
    ],
  ] as const)('%s', async (_, state, grants) => {
    expect(await stateOf(...grants)).toBe(state);
  });
});

test('a person counts once over pages and cases, by the limit that is given', async () => {
  const pages = [
    { total_seats: 3, seats: [sent('Mona', { last_activity_at: daysAgo(20) }), sent('hubot')] },
    { total_seats: 3, seats: [sent(' mona '), sent('lisa', { created_at: daysAgo(5) })] },
  ];
  const { measures } = await make(pages);
  expect(measures).toMatchObject({
    'copilot-seats': 3,
    'copilot-seats-active': 1,
    'copilot-seats-inactive': 1,
    'copilot-seats-new': 1,
    'copilot-seats-ending': 0,
    'copilot-seats-inactive-percent': 33.33,
  });
  const strict = await make(pages, inputs({ inactiveAfterDays: 4 }));
  expect(strict.measures).toMatchObject({ 'copilot-seats-inactive': 3, 'copilot-seats-new': 0 });
  expect(rows(strict)).toHaveLength(4);
});

test('reads the documented fields under their names, and a grant of nobody without a state', async () => {
  const report = await reportOn(
    sent('mona', {
      last_activity_editor: 'vscode/1.77.3/copilot/1.86.82',
      assigning_team: { name: 'Justice League', slug: 'justice-league' },
      last_authenticated_at: '2026-11-01T00:00:00Z',
    }),
    sent(null, { organization: null, assigning_team: { slug: 'platform' } }),
  );
  expect(rows(report)).toEqual([
    {
      login: 'mona',
      plan_type: 'business',
      organization: 'acme',
      team: 'Justice League',
      created_at: daysAgo(365),
      last_activity_at: '',
      last_activity_editor: 'vscode/1.77.3/copilot/1.86.82',
      last_authenticated_at: '2026-11-01T00:00:00Z',
      pending_cancellation_date: '',
      state: 'inactive',
    },
    expect.objectContaining({ login: '', organization: '', team: 'platform', state: '' }),
  ]);
  expect(report.measures['copilot-seats-inactive']).toBe(1);
  expect(report.notices.map(({ text }) => text)).toEqual([
    'GitHub names nobody for 1 Copilot grant of 2: these count in no state.',
    'GitHub counts 2 Copilot seats and lists 1 person who hold one.',
  ]);
});

test('a date that decides and is none is told', async () => {
  const report = await reportOn(sent('mona', { last_activity_at: 'x' }), sent('lisa'));
  expect(report.measures).toMatchObject({
    'copilot-seats-inactive': 1,
    'copilot-seats-inactive-percent': 50,
  });
  expect(report.notices[0]?.text).toContain('Copilot: 1 person with a date that cannot be read');
  expect(said(report)).toContain('"Unknown"');
});

test('no seat is a report of zeros without a percentage', async () => {
  const report = addPrices(await make({ total_seats: 0, seats: [] }), bill({}));
  expect(report.measures).toEqual({
    'copilot-seats': 0,
    'copilot-seats-active': 0,
    'copilot-seats-inactive': 0,
    'copilot-seats-new': 0,
    'copilot-seats-ending': 0,
    'copilot-seats-inactive-percent': { absent: 'nothing-to-measure', why: 'there is no Copilot seat' },
    'copilot-inactive-cost': 0,
  });
  expect(report.notices).toEqual([]);
});

test.each([
  ['seats of nobody', { total_seats: 2, seats: [sent(null), sent(null, { created_at: daysAgo(1) })] }, 2],
  ['no seats beside a total', { total_seats: 2, seats: [] }, 2],
  ['neither', { seats: [] }, { absent: 'not-delivered', why: 'GitHub sent no total_seats' }],
])('%s give no zeros', async (_, body, seats) => {
  const { measures } = await make(body);
  expect(measures['copilot-seats']).toEqual(seats);
  expect(measures['copilot-seats-inactive']).toMatchObject({ absent: 'not-delivered' });
  expect(measures['copilot-seats-inactive-percent']).toMatchObject({ absent: 'not-delivered' });
});

test.each([
  [{}],
  [{ total_seats: -1, seats: [] }],
  [{ total_seats: '1', seats: [] }],
  [{ total_seats: 1, seats: [null] }],
  [{ total_seats: 1, seats: [sent('mona', { assignee: 'mona' })] }],
  [{ total_seats: 1, seats: [sent('mona', { created_at: 5 })] }],
])('%j is unreadable', async (body) => {
  await expect(make(body)).rejects.toMatchObject({ kind: 'unreadable' });
});

describe('what the inactive cost', () => {
  const cost = async (prices: Parameters<typeof bill>[0], ...seats: ReturnType<typeof sent>[]) =>
    addPrices(await reportOn(...seats), bill(prices)).measures['copilot-inactive-cost'];

  test('is the price of the plan of each, the dearer of two', async () => {
    const people = [
      sent('mona'),
      sent('lisa'),
      sent('LISA', { plan_type: 'enterprise', organization: { login: 'beta' } }),
      sent('active', { last_activity_at: daysAgo(1), plan_type: 'unknown' }),
    ];
    expect(await cost({ business: 19, enterprise: 39 }, ...people)).toBe(58);
    expect(await cost({ business: 0.105, enterprise: 0.2 }, ...people)).toBe(0.31);
  });

  test.each([
    [
      'a plan is unknown',
      [sent('mona', { plan_type: 'unknown' })],
      'which plan of Copilot 1 inactive person',
    ],
    ['a plan is not stated', [sent('mona', { plan_type: null })], 'which plan of Copilot'],
    [
      'a second plan is unknown',
      [sent('mona'), sent('mona', { plan_type: 'unknown' })],
      'which plan of Copilot',
    ],
    [
      'a plan has no price',
      [sent('mona', { plan_type: 'enterprise' })],
      'no single price of a seat of Copilot Enterprise',
    ],
  ])('is not known where %s', async (_, seats, why) => {
    expect(await cost({ business: 19 }, ...seats)).toMatchObject({
      absent: 'not-delivered',
      why: expect.stringContaining(why),
    });
  });

  test('is not known without the bill', async () => {
    expect((await reportOn(sent('mona'))).measures['copilot-inactive-cost']).toMatchObject({
      absent: 'not-delivered',
      why: expect.stringContaining('the billing report is not selected'),
    });
    expect(await cost('none', sent('mona'))).toEqual({ absent: 'not-delivered', why: 'no line items' });
  });

  test('stands in the report, with the discounts beside it', async () => {
    const report = addPrices(await reportOn(sent('mona')), bill({ business: 19 }));
    expect(report.figures[1]).toMatchObject({ value: 19, format: 'usd', hint: 'before discounts' });
    expect(said(report)).toContain('Business $19.00');
    expect(said(report)).toContain('$100.00, less $20.00 of discounts');
  });
});

test('names ten of the inactive, who cost most or longest first, and says where the others are', async () => {
  const seats = Array.from({ length: 13 }, (_, index) =>
    sent(`idle-${index}`, {
      last_activity_at: daysAgo(40 + index),
      plan_type: index === 0 ? 'enterprise' : 'business',
    }),
  );
  const report = addPrices(await reportOn(...seats, sent('never')), bill({ business: 19, enterprise: 39 }));
  const named = said(report).match(/"person":"[^"]+"/g);
  expect(named).toHaveLength(10);
  expect(named?.slice(0, 3)).toEqual(['"person":"idle-0"', '"person":"never"', '"person":"idle-12"']);
  expect(said(report)).toContain('4 more in ');
});

test('counts people by grantor, plan and editor, each once a row', async () => {
  const report = await reportOn(
    sent('mona', { last_activity_at: daysAgo(1), last_activity_editor: 'vscode/1.2' }),
    sent('mona', { organization: { login: 'ACME' }, created_at: daysAgo(9) }),
    sent('mona', { organization: null, assigning_team: { name: 'Platform' } }),
    sent('lisa', { last_activity_at: daysAgo(50), last_activity_editor: 'hi, I am <b>Lisa</b>' }),
  );
  const table = (label: string) =>
    report.sections
      .flatMap(({ blocks }) => blocks)
      .flatMap((block) =>
        block.kind === 'table' && block.columns[0]?.label === label ? [block.rows] : [],
      )[0];
  expect(table('Granted by')).toEqual([
    ['acme', 2, 1, 50],
    ['Platform (team)', 1, 0, 0],
  ]);
  expect(table('Plan')).toEqual([['Business', 2, 1, 50]]);
  expect(table('Editor')).toEqual([
    ['other', 1, 1, 100],
    ['vscode', 1, 0, 0],
  ]);
});

test('with `people: false` one request gives the total, and nobody is kept', async () => {
  const client = fakeClient({ [PATH]: { total_seats: 7, seats: [sent('mona')] } });
  const given = inputs({ people: false });
  const report = await makeCopilotReport({ client, inputs: given, now: NOW, progress: () => {} });
  expect(client.requests).toEqual([{ path: PATH, query: { per_page: 1 } }]);
  expect(report.measures['copilot-seats']).toBe(7);
  expect(report.measures['copilot-seats-inactive']).toMatchObject({
    why: expect.stringContaining('people: false'),
  });
  expect(JSON.stringify(addPrices(report, bill({ business: 19 })))).not.toContain('mona');
  expect([report.tables, report.files]).toEqual([[], [{ name: 'copilot', parts: [] }]]);
});

test('an Enterprise Server has none, and is told where to ask', async () => {
  for (const asked of [
    make(refusal('not-found', 404, '3.19.0')),
    make(refusal('scope', 404, '3.19.0')),
    make({}, inputs({ enterprise: '' })),
  ]) {
    const error = await asked.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotOfferedError);
    expect(error).toMatchObject({
      absent: { absent: 'wrong-host' },
      message: expect.stringContaining('Copilot seats are not on'),
    });
    expect(explainMissing(error, bill({ business: 19 }), inputs())).toBe(error);
  }
});

test('any other refusal is thrown as it came', async () => {
  for (const [kind, status] of [
    ['scope', 404],
    ['not-found', 404],
    ['server', 503],
  ] as const) {
    const error = refusal(kind, status);
    await expect(make(error)).rejects.toBe(error);
  }
});

test('a 404 beside a bill with Copilot seats is told as what it is, and no other error is', () => {
  const missing = refusal('not-found', 404);
  const told = explainMissing(missing, bill({ enterprise: 39, business: 19 }), inputs({ enterprise: 'a b' }));
  expect(told).toMatchObject({ kind: 'not-found', status: 404 });
  expect(String(told)).toContain(
    'GitHub answered 404 to GET /enterprises/a%20b/copilot/billing/seats although the bill has Copilot Business and Copilot Enterprise',
  );
  expect(explainMissing(missing, bill({}), inputs())).toBe(missing);
  expect(explainMissing(missing, undefined, inputs())).toBe(missing);
  for (const other of [refusal('scope', 404), refusal('forbidden', 403), new Error('x')])
    expect(explainMissing(other, bill({ business: 19 }), inputs())).toBe(other);
});

test('`report: all` leaves Copilot out where neither scopes nor bill speak for it', () => {
  const all = inputs({ everyReport: true });
  const missing = (scopesSuffice?: boolean) =>
    new GitHubError('not-found', 'x', { status: 404, ...(scopesSuffice !== undefined && { scopesSuffice }) });
  const left = explainMissing(missing(true), bill({}), all);
  expect(left).toBeInstanceOf(NotOfferedError);
  expect(left).toMatchObject({ absent: { absent: 'not-delivered' } });
  expect(explainMissing(missing(true), { ...bill({}), isWhole: false }, all)).not.toBeInstanceOf(
    NotOfferedError,
  );
  expect(explainMissing(missing(true), bill({}), inputs())).not.toBeInstanceOf(NotOfferedError);
  expect(explainMissing(missing(true), bill({ business: 19 }), all)).not.toBeInstanceOf(NotOfferedError);
  expect(explainMissing(missing(true), undefined, all)).not.toBeInstanceOf(NotOfferedError);
  for (const suffice of [false, undefined])
    expect(explainMissing(missing(suffice), bill({}), all)).not.toBeInstanceOf(NotOfferedError);
});
