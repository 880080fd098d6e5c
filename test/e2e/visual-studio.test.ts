/** Visual Studio subscriptions: counted anew from what GitHub served, and what becomes of a run without them. */
import { expect, test } from 'vitest';
import { NOW } from '../clock.ts';
import { csvRows } from '../output/reading.ts';
import { DIALECTS } from '../simulator/dialects.ts';
import type { Simulator } from '../simulator/server.ts';
import { runHere } from './in-process.ts';
import { annotations, filesOf, metricsOf, report, startGitHub } from './support.ts';

const MANY = { now: NOW, seats: 900, shares: { visualStudio: 0.3 }, subscriptionsOfNobody: 40 } as const;
const PATH = 'visual-studio-subscriptions';
const asked = ({ requests }: Simulator) => requests.filter(({ path }) => path.includes(PATH));

test.each(DIALECTS)('every subscription is counted and written, in the dialect %s', async (dialect) => {
  const github = await startGitHub({ ...MANY, dialect });
  const run = await report(github, { 'fail-on': 'visual-studio-unmatched: above 39' });
  const { subscriptions } = github.visualStudio;
  expect(subscriptions.length).toBeGreaterThan(200);
  const unmatched = subscriptions.filter(({ username }) => username === null || username === '');
  expect(unmatched.length).toBeGreaterThan(40);
  expect(metricsOf(run)).toMatchObject({
    'visual-studio-subscriptions': subscriptions.length,
    'visual-studio-unmatched': unmatched.length,
  });
  expect(run.outputs.status).toBe('fail');
  expect(asked(github)).toHaveLength(Math.ceil(subscriptions.length / 100));
  expect(csvRows(run.read('visual-studio.csv'))).toEqual(
    subscriptions.map((row) => ({
      visual_studio_subscription_email: row.visual_studio_subscription_email,
      subscription_id: row.subscription_id,
      username: row.username ?? '',
      manual_match: String(row.manual_match),
    })),
  );
  expect(run.summary).toContain('Visual Studio subscriptions');
  for (const row of unmatched) expect(run.summary).not.toContain(row.visual_studio_subscription_email);
  expect(run.summary).toContain('set-up-vs-subscription#reconciling-users-across-visual-studio-and-github');
});

/** But for what tells of subscriptions. */
const others = (run: Parameters<typeof filesOf>[0]) =>
  Object.fromEntries(
    Object.entries(filesOf(run))
      .filter(([name]) => name !== 'visual-studio.csv')
      .map(([name, text]) => [
        name,
        text
          .replaceAll(/^visual-studio,visual-studio-unmatched,[^\n]*\n/gm, '')
          .replaceAll(/,"visual-studio-[a-z]+":\d+/g, ''),
      ]),
  );

test('without the list everything else is the same, and a gate on it never passes', async () => {
  const github = await startGitHub({ ...MANY, seats: 250 });
  const whole = await runHere(github);
  github.setFaults([{ kind: '404', match: { endpoint: PATH } }]);
  const run = await runHere(github);
  expect([run.outputs.status, run.exitCode]).toEqual(['pass', 0]);
  expect(annotations(run, 'notice')).toEqual([
    ...annotations(whole, 'notice'),
    'Visual Studio subscriptions are left out. GitHub answers 404 to the list of them, as where an enterprise or its host has none.',
  ]);
  expect(others(run)).toEqual(others(whole));
  const [before, after] = [metricsOf(whole), metricsOf(run)];
  expect(Object.keys(before).filter((name) => !(name in after))).toEqual([
    'visual-studio-subscriptions',
    'visual-studio-unmatched',
  ]);
  expect(before).toMatchObject(after);

  for (const [level, status] of [
    ['fail-on', 'error'],
    ['warn-on', 'warn'],
  ] as const) {
    const gated = await runHere(github, { [level]: 'visual-studio-unmatched: above 1000' });
    expect(gated.outputs.status).toBe(status);
    expect(gated.log).toContain('GitHub refuses the list of Visual Studio subscriptions');
  }
});

test.each([
  ['half of it', 'cut-off', 'after 5 attempts'],
  ['500', '500-json', 'after 5 attempts'],
  ['422', '422', 'does not accept the request'],
] as const)(
  '%s on the second page is an error, and a part is never shown as the whole',
  async (_, kind, why) => {
    const github = await startGitHub(MANY);
    github.setFaults([{ kind, match: { endpoint: PATH, page: 2 } }]);
    const run = await runHere(github, { report: 'licenses, sync-status' });
    expect([run.outputs.status, run.outputs['visual-studio-subscriptions']]).toEqual(['error', '']);
    expect(annotations(run, 'error')).toEqual([expect.stringContaining(why)]);
    expect([run.outputs.users, run.outputs.servers]).toEqual(['900', '2']);
    expect(run.files).toContain('licenses.csv');
    expect(run.files).not.toContain('visual-studio.csv');
  },
);

test('a page that was broken once is asked for again', async () => {
  const github = await startGitHub({
    ...MANY,
    faults: [{ kind: 'cut-off', times: 1, match: { path: PATH } }],
  });
  const run = await runHere(github);
  expect(run.outputs['visual-studio-subscriptions']).toBe(String(github.visualStudio.subscriptions.length));
});

test('other counts than the list has are told', async () => {
  const github = await startGitHub({ ...MANY, seats: 100, subscriptionsTotal: 9000 });
  const run = await runHere(github);
  expect(run.outputs.status).toBe('pass');
  expect(annotations(run, 'notice').join()).toContain(
    `count of Visual Studio subscriptions is 9,000, and its list has ${github.visualStudio.subscriptions.length}.`,
  );
});

test('the list is asked for among the pages of people, once the first of these is there', async () => {
  const github = await startGitHub({ ...MANY, seats: 2000, latencyMs: 20 });
  await runHere(github, { concurrency: '2' });
  const paths = github.requests.map(({ path }) => path);
  const first = paths.findIndex((path) => path.includes(PATH));
  expect(first).toBeGreaterThan(0);
  expect(paths.slice(first).filter((path) => path.includes('consumed-licenses')).length).toBeGreaterThan(5);
});

test.each([1, 2])(
  'people who cannot be listed (page %i) are one error, and nothing is left running',
  async (page) => {
    const github = await startGitHub({ ...MANY, seats: 2000, latencyMs: 5 });
    github.setFaults([{ kind: '404', match: { endpoint: 'consumed-licenses', page } }]);
    const run = await runHere(github);
    expect(annotations(run, 'error')).toEqual([expect.stringContaining('consumed-licenses')]);
    expect(annotations(run, 'notice')).toEqual([]);
    expect(asked(github)).toHaveLength(
      page === 1 ? 0 : Math.ceil(github.visualStudio.subscriptions.length / 100),
    );
  },
);

test('an Enterprise Server is not asked for them, and a gate on them is an error', async () => {
  const github = await startGitHub({ ...MANY, kind: 'server' });
  for (const enterprise of ['acme', '']) {
    const run = await runHere(github, { enterprise, 'warn-on': 'visual-studio-unmatched: above 0' });
    expect([run.outputs.status, asked(github)]).toEqual(['error', []]);
    expect(run.files).not.toContain('visual-studio.csv');
  }
});

test('where nobody is listed, subscriptions are told all the same', async () => {
  const body = { total_seats_consumed: 7, total_seats_purchased: 9, users: [] };
  const github = await startGitHub({ ...MANY, overrides: { 'consumed-licenses': { body } } });
  const run = await runHere(github);
  expect([run.outputs.users, run.outputs['visual-studio-subscriptions']]).toEqual([
    '',
    String(github.visualStudio.subscriptions.length),
  ]);
});
