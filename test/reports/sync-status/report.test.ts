import { expect, test } from 'vitest';
import { NotOfferedError } from '../../../src/reports/context.ts';
import type { Report } from '../../../src/reports/report.ts';
import { makeSyncStatusReport } from '../../../src/reports/sync-status/index.ts';
import example from '../../fixtures/examples/license-sync-status.json' with { type: 'json' };
import { fakeClient, inputs, type Reply, refusal } from '../fake-client.ts';

const PATH = '/enterprises/acme/license-sync-status';
const NOW = new Date('2026-11-20T12:00:00Z');

const make = (reply: Reply, given = inputs(), serverVersion?: string): Promise<Report> =>
  makeSyncStatusReport({
    client: fakeClient({ [PATH]: reply }, serverVersion),
    inputs: given,
    now: NOW,
    progress: () => {},
  });

const server = (hostname: string, last_sync?: object | null) => ({
  server_id: `id-${hostname}`,
  hostname,
  last_sync,
});
const synced = (date: string, status = 'success', error = '') => ({ date, status, error });
const reportOn = (...server_instances: object[]) => make({ server_instances });

const rows = (report: Report): Record<string, unknown>[] =>
  (report.tables[0]?.rows ?? []).map((row) =>
    Object.fromEntries(report.tables[0]?.columns.map((column) => [column.name, column.value(row)]) ?? []),
  );
const said = (report: Report): string => JSON.stringify(report.sections);

test('reads the documented answer: both servers succeeded years ago, so both are stale', async () => {
  const report = await make(example);
  expect(report.measures).toEqual({
    servers: 2,
    'servers-failing': 0,
    'servers-stale': 2,
    'oldest-sync-days': 2515.5,
  });
  expect(rows(report)[0]).toEqual({
    hostname: 'github.example.com',
    server_id: 'deadbeef1',
    last_sync_date: '2020-01-01T00:00:00Z',
    age_days: 2515.5,
    status: 'success',
    error: '',
    state: 'stale',
  });
});

test.each([
  ['a recent success', synced('2026-11-19T12:00:00Z'), 'ok', 1, ''],
  ['a success in any case', synced('2026-11-19T12:00:00Z', 'Success'), 'ok', 1, ''],
  ['a success just at the limit', synced('2026-11-12T12:00:00Z'), 'ok', 8, ''],
  [
    'a success a second older than the limit',
    synced('2026-11-12T11:59:59Z'),
    'stale',
    8,
    'older than 8 days',
  ],
  ['a failure', synced('2026-11-20T00:00:00Z', 'failed', 'timeout'), 'failing', 0.5, 'the last sync failed'],
  [
    'an old failure',
    synced('2026-10-20T12:00:00Z', 'failed'),
    'failing',
    31,
    'the last sync failed; older than 8 days',
  ],
  [
    'an undocumented status',
    synced('2026-11-20T12:00:00Z', 'queued'),
    'failing',
    0,
    'the status is “queued”',
  ],
  ['no status beside a date', synced('2026-11-20T12:00:00Z', ''), 'failing', 0, 'no status is given'],
  ['a server that never synced', synced('', '', ''), 'unknown', undefined, 'never synced'],
  ['no last sync at all', undefined, 'unknown', undefined, 'never synced'],
  ['a last sync of null', null, 'unknown', undefined, 'never synced'],
  ['success without a date', synced(''), 'unknown', undefined, 'no date is given'],
  ['a date that is none', synced('yesterday'), 'unknown', undefined, 'the date cannot be read'],
  ['a day that does not exist', synced('2026-02-30T00:00:00Z'), 'unknown', undefined, 'cannot be read'],
  ['a date without a zone', synced('2026-11-19T12:00:00'), 'unknown', undefined, 'cannot be read'],
  ['a numeric offset', synced('2026-11-19T14:00:00+02:00'), 'ok', 1, ''],
  ['a date a few minutes ahead', synced('2026-11-20T12:04:00Z'), 'ok', 0, ''],
  ['a date in the future', synced('2026-11-21T12:00:00Z'), 'unknown', undefined, 'is in the future'],
  ['an unreadable date of a failure', synced('?', 'failed'), 'failing', undefined, 'the date cannot be read'],
] as const)('%s is told as what it is', async (_, lastSync, state, age, remark) => {
  const report = await reportOn(server('ghes.example.com', lastSync));
  expect(rows(report)[0]).toMatchObject({ state, age_days: age });
  expect(said(report)).toContain(remark);
});

test('a server without a readable date counts as stale and leaves the oldest sync unknown', async () => {
  const report = await reportOn(server('a', synced('2026-11-19T12:00:00Z')), server('b', synced('soon')));
  expect(report.measures).toEqual({
    servers: 2,
    'servers-failing': 0,
    'servers-stale': 1,
    'oldest-sync-days': {
      absent: 'not-delivered',
      why: 'the last sync of b has no usable date (missing, unreadable or in the future)',
    },
  });
});

test('a server without a name is told by its id, in the reason as in the table', async () => {
  const report = await reportOn(
    { ...server(''), server_id: 'deadbeef' },
    { hostname: '', server_id: '', last_sync: synced('2026-11-21T12:00:00Z') },
  );
  expect(report.measures['oldest-sync-days']).toMatchObject({
    why: 'the last sync of deadbeef, unnamed has no usable date (missing, unreadable or in the future)',
  });
  expect(said(report)).toMatch(/"deadbeef".*"unnamed"/s);
});

test('a failing server that is also old counts for both gates', async () => {
  const report = await reportOn(server('a', synced('2026-01-01T12:00:00Z', 'failed')));
  expect(report.measures).toMatchObject({ 'servers-failing': 1, 'servers-stale': 1 });
});

test('no connected server is nothing to measure', async () => {
  const report = await reportOn();
  expect(report.measures).toEqual({
    servers: 0,
    'servers-failing': 0,
    'servers-stale': 0,
    'oldest-sync-days': { absent: 'nothing-to-measure', why: 'no server is connected' },
  });
  expect(said(report)).toContain('No Enterprise Server is connected');
});

test('servers that need someone come first, with the remedy and its pages', async () => {
  const report = await reportOn(
    server('fine', synced('2026-11-20T11:00:00Z')),
    server('old', synced('2026-11-01T11:00:00Z')),
    server('broken', synced('2026-11-20T11:00:00Z', 'failed', 'connection refused')),
  );
  const text = said(report);
  expect(text.indexOf('broken')).toBeLessThan(text.indexOf('"old"'));
  expect(text.indexOf('"old"')).toBeLessThan(text.indexOf('"fine"'));
  expect(report.figures[0]).toMatchObject({
    label: 'Servers not in sync',
    value: 2,
    hint: 'of 3',
    tone: 'bad',
  });
  expect(text).toMatch(/Sync now.*export the license usage file.*verified domain/s);
  expect(text).toContain(
    'https://docs.github.com/en/enterprise-cloud@latest/billing/how-tos/manage-server-licenses/sync-license-usage',
  );
  expect(text).toContain('"the last sync failed",{"freeText":": “connection refused”"}');
  expect(rows(report)[2]).toMatchObject({ error: 'connection refused' });
});

test('servers in sync need no remedy', async () => {
  expect(said(await reportOn(server('fine', synced('2026-11-20T11:00:00Z'))))).not.toContain('Sync now');
});

test('an Enterprise Server is told to ask the enterprise that it is connected to', async () => {
  for (const making of [
    make(refusal('not-found', 404, '3.19.0'), inputs(), '3.19.0'),
    // Its answer says that the token lacks a scope, which would not help.
    make(refusal('scope', 404, '3.19.0'), inputs(), '3.19.0'),
    make({}, inputs({ enterprise: '' })),
  ]) {
    const error = await making.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotOfferedError);
    expect(error).toMatchObject({
      message: expect.stringContaining('that the server is connected to'),
      absent: { absent: 'wrong-host' },
    });
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

test('an answer of another shape is unreadable', async () => {
  for (const body of [
    '',
    {},
    { server_instances: null },
    { server_instances: ['x'] },
    { server_instances: [[]] },
  ]) {
    await expect(make(body)).rejects.toMatchObject({ kind: 'unreadable' });
  }
});

test('a status or a date that is a sentence is quoted nowhere, and is free text in the table', async () => {
  const report = await reportOn(
    server('web', synced('by mona@example.com', 'failed for Mona Lisa, mona@example.com')),
    server('ok', synced('2026-11-20T12:00:00Z', 'queued')),
  );
  expect(said(report)).toContain('it has an undocumented status; the date cannot be read');
  expect(said(report)).toContain('the status is “queued”');
  expect(said(report).toLowerCase()).not.toContain('mona');
  const privacyOf = (name: string) => {
    const column = report.tables[0]?.columns.find((one) => one.name === name);
    return report.tables[0]?.rows.map((row) =>
      typeof column?.privacy === 'function' ? column.privacy(row) : column?.privacy,
    );
  };
  expect(privacyOf('status')).toEqual(['free-text', 'public']);
  expect(privacyOf('last_sync_date')).toEqual(['free-text', 'public']);
});

test('what a server says stands beside its state, on one line, without emails, and cut where it goes on', async () => {
  const report = await reportOn(
    server(
      'a',
      synced('2026-11-20T12:00:00Z', 'failed', 'no\n license for Mona.Lisa@example.com, hubot＠example.com'),
    ),
    server('b', synced('2026-11-20T12:00:00Z', 'success', 'x'.repeat(1000))),
    server('c', synced('2026-11-20T12:00:00Z', 'success', ' \n')),
  );
  expect(said(report)).toContain('{"freeText":": “no license for …@… …@…”"}');
  expect(said(report)).toMatch(/"succeeded, with an error text",\{"freeText":": “x{299}…”"\}/);
  expect(said(report)).not.toContain('“”');
});
