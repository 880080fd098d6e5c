/** With `redact-key` nothing that a run writes says who anybody is, and everything is found out all the same. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { NOW } from '../clock.ts';
import { csvRows } from '../output/reading.ts';
import { DIALECTS, type Dialect } from '../simulator/dialects.ts';
import type { Simulator, SimulatorOptions } from '../simulator/server.ts';
import type { ActionRun } from './action.ts';
import { everythingOf, identitiesOf } from './identities.ts';
import { runHere } from './in-process.ts';
import { annotations, metricsOf, report, startGitHub, workspace } from './support.ts';

const KEY = 'some key of more than thirty-two characters';
const ENTERPRISE = {
  now: NOW,
  hostile: true,
  organizations: 5,
  repositories: 60,
  costCenters: 4,
  duplicates: { count: 12 },
  shares: { outsideCollaborator: 0.15, pendingInvitation: 0.15 },
  servers: ['ok', 'failing', 'unparsable'],
} as const;
const INPUTS = {
  report: 'all',
  formats: 'csv, json, xlsx, markdown, html, prometheus',
  'history-file': 'history.ndjson',
  'previous-report': 'licenses.json',
  'warn-on': 'duplicate-seats: above 0',
};

interface Runs {
  readonly first: ActionRun;
  readonly second: ActionRun;
  readonly history: string;
}

/** How a dialect is run: the shipped action in one of them, and its sources in this process, which is faster, in others. */
const RUNS = {
  documented: { seats: 260, run: report },
  field: { seats: 130, run: runHere },
  'ghe.com': { seats: 130, run: runHere },
  'usage-based': { seats: 130, run: runHere },
} as const satisfies Record<Dialect, unknown>;

/** Two runs a week apart, the later one against the report of the earlier one. */
async function twoRuns(
  run: typeof report,
  github: Simulator,
  later: Simulator,
  key: Record<string, string>,
): Promise<Runs> {
  const place = workspace();
  const week = new Date(NOW.getTime() + 7 * 86_400_000);
  const runOn = (host: Simulator, at: Date, directory: string) =>
    run(host, { ...INPUTS, ...key, 'report-directory': directory }, { workspace: place, clock: { now: at } });
  const first = await runOn(github, NOW, 'first');
  for (const name of ['licenses.json', 'copilot.json'])
    copyFileSync(path.join(place, 'first', name), path.join(place, name));
  const second = await runOn(later, week, 'second');
  return { first, second, history: readFileSync(path.join(place, 'history.ndjson'), 'utf8') };
}

/** Someone's own repository, whose name is a login, with a collaborator and committers. */
function ownRepository({ enterprise, billing }: Simulator): void {
  const [owner, collaborator] = enterprise.people.filter((row) => row.github_com_user).slice(-2);
  const name = `${owner?.github_com_login}/about-${owner?.github_com_login}`;
  collaborator?.github_com_member_roles.push(`${name}:Collaborator`);
  const [repository] = billing.committers('bundled').repositories;
  if (repository) billing.committers('bundled').repositories.push({ ...repository, name });
}

/** The same enterprise a week later: three people and the Copilot seats of two others are gone. */
async function startLater({ enterprise }: Simulator, options: SimulatorOptions): Promise<Simulator> {
  const users = enterprise.people
    .slice(3)
    .map((row, index) =>
      index % 40 === 0 ? { ...row, github_com_member_roles: ['acme-labs:Member'] } : row,
    );
  const body = {
    total_seats_consumed: enterprise.consumed + 37,
    total_seats_purchased: enterprise.purchased,
    users,
  };
  const later = await startGitHub({ ...options, overrides: { 'consumed-licenses': { body } } });
  const { grants } = later.copilot;
  const loginOf = ({ assignee }: (typeof grants)[number]) => assignee?.login.toLowerCase();
  const gone = new Set(grants.flatMap((grant) => loginOf(grant) ?? []).slice(10, 12));
  grants.splice(0, grants.length, ...grants.filter((grant) => !gone.has(loginOf(grant) ?? '')));
  return later;
}

const rows = (run: ActionRun, file: string) => csvRows(run.read(file));

describe.each(DIALECTS)('in the dialect %s', (dialect) => {
  const { seats, run } = RUNS[dialect];
  let github: Simulator;
  let named: Runs;
  let redacted: Runs;
  beforeAll(async () => {
    const options = { ...ENTERPRISE, dialect, seats };
    github = await startGitHub(options);
    ownRepository(github);
    const later = await startLater(github, options);
    named = await twoRuns(run, github, later, {});
    redacted = await twoRuns(run, github, later, { 'redact-key': KEY });
  }, 60_000);

  test('no login, name, email, id or profile occurs in anything that the runs wrote', () => {
    const identities = [...identitiesOf(github)];
    expect(identities.length).toBeGreaterThan(2 * seats);
    const everything = everythingOf(redacted.first) + everythingOf(redacted.second, redacted.history);
    expect(identities.filter((identity) => everything.includes(identity))).toEqual([]);
    // The search finds what is there to be found.
    const open = everythingOf(named.first);
    const some = identities.slice(0, 100);
    expect(some.filter((identity) => open.includes(identity)).length).toBeGreaterThan(95);
  });

  test('the key itself is masked and written nowhere', () => {
    const written = everythingOf(redacted.first).replaceAll(`::add-mask::${KEY}`, '');
    expect(redacted.first.log.split('\n')[1]).toBe(`::add-mask::${KEY}`);
    expect(written).not.toContain(KEY);
  });

  test('metrics, gates, duplicates, changes and history are those of the runs without the key', () => {
    for (const run of ['first', 'second'] as const) {
      expect(redacted[run].outputs.status).toBe(named[run].outputs.status);
      expect(metricsOf(redacted[run])).toEqual(metricsOf(named[run]));
      expect(redacted[run].outputs.breaches).toBe(named[run].outputs.breaches);
    }
    expect(metricsOf(redacted.first)['duplicate-seats']).toBeGreaterThanOrEqual(12);
    expect(metricsOf(redacted.second)['seats-change']).toBe(37);
    expect(redacted.history).toBe(named.history);
    const groups = (run: ActionRun) => rows(run, 'duplicates.csv').map(({ group }) => group);
    expect(groups(redacted.first)).toEqual(groups(named.first));
    const candidates = (run: ActionRun) =>
      rows(run, 'candidates.csv').map((row) => [
        row.license,
        row.reason,
        row.certainty,
        row.what_to_check,
        row.last_activity_at,
        row.cost_per_month,
      ]);
    expect(candidates(redacted.first)).toEqual(candidates(named.first));
    // Paid by usage, invitations are none of them.
    expect(new Set(candidates(redacted.first).map(([, reason]) => reason)).size).toBeGreaterThanOrEqual(4);
    const changes = (run: ActionRun) =>
      rows(run, 'changes.csv')
        .map((row) =>
          [row.kind, row.change, row.organizations_joined, row.plan_type, row.grantors_added].join(' '),
        )
        .sort();
    expect(changes(redacted.second)).toEqual(changes(named.second));
    expect(changes(redacted.second).filter((change) => change.startsWith('seat lost'))).toHaveLength(3);
    expect(changes(redacted.second).filter((change) => change.startsWith('copilot lost'))).toHaveLength(2);
  });

  test('a person has one pseudonym, the same in every file and in both runs', () => {
    const pseudonyms = new Map<string, string>();
    const learn = (run: 'first' | 'second', file: string, column: string) => {
      const hidden = rows(redacted[run], file);
      for (const [index, row] of rows(named[run], file).entries()) {
        const [login, pseudonym] = [row[column]?.toLowerCase() ?? '', hidden[index]?.[column] ?? ''];
        if (login === '') expect(pseudonym).toBe('');
        else expect(pseudonym).toMatch(/^user-[0-9a-f]{16}$/);
        expect(pseudonyms.get(login) ?? pseudonym).toBe(pseudonym);
        pseudonyms.set(login, pseudonym);
      }
    };
    learn('first', 'licenses.csv', 'github_com_login');
    learn('first', 'duplicates.csv', 'github_com_login');
    learn('first', 'candidates.csv', 'github_com_login');
    learn('first', 'committers.csv', 'user_login');
    learn('first', 'visual-studio.csv', 'username');
    learn('second', 'licenses.csv', 'github_com_login');
    expect(new Set(pseudonyms.values()).size).toBe(pseudonyms.size);
  });

  test('subscriptions are told by pseudonyms, and as many match nobody', () => {
    const [open, hidden] = [named.first, redacted.first].map((run) => rows(run, 'visual-studio.csv'));
    expect(hidden).toHaveLength(github.visualStudio.subscriptions.length);
    for (const [index, row] of (hidden ?? []).entries()) {
      expect(row.subscription_id).toMatch(/^id-[0-9a-f]{16}$/);
      expect(row.visual_studio_subscription_email).toMatch(/^email-[0-9a-f]{16}$/);
      expect([row.username === '', row.manual_match]).toEqual([
        open?.[index]?.username === '',
        open?.[index]?.manual_match,
      ]);
    }
    // Where a person has the email, it is the same pseudonym.
    const emails = new Set(
      rows(redacted.first, 'licenses.csv').map((row) => row.visual_studio_subscription_email),
    );
    expect(hidden?.filter((row) => emails.has(row.visual_studio_subscription_email)).length).toBeGreaterThan(
      5,
    );
  });

  test('organizations keep their names, and people with repositories do not', () => {
    expect(named.first.read('committers.csv')).toMatch(/,[\w-]+\/about-[\w-]+,/);
    expect(redacted.first.read('committers.csv')).toMatch(/,user-[0-9a-f]{16}\/repo-[0-9a-f]{16},/);
    expect(redacted.first.read('licenses.csv')).toMatch(/user-[0-9a-f]{16}\/repo-[0-9a-f]{16}:Collaborator/);
    for (const organization of github.enterprise.organizations)
      expect(redacted.first.read('organizations.csv')).toContain(organization);
  });
});

test("an organization's repository keeps its name, however GitHub writes it, and a person's does not", async () => {
  const item = (organizationName: string, repositoryName: string) => ({
    date: '2026-11-05T00:00:00Z',
    product: 'Actions',
    sku: 'Actions Linux',
    quantity: 100,
    unitType: 'minutes',
    pricePerUnit: 0.008,
    grossAmount: 0.8,
    discountAmount: 0,
    netAmount: 0.8,
    organizationName,
    repositoryName,
  });
  const usageItems = [
    item('acme', 'website'),
    item('globex', 'website'),
    item('acme', 'acme/api'),
    item('', 'mona-notes'),
    item('', 'mona/dotfiles'),
  ];
  const host = await startGitHub({
    seats: 5,
    now: NOW,
    costCenters: 0,
    overrides: { 'settings/billing/usage': { body: { usageItems } } },
  });
  const run = await report(host, { report: 'billing', formats: 'csv, json, html', 'redact-key': KEY });
  const names = [
    'website',
    'website',
    'acme/api',
    expect.stringMatching(/^user-[0-9a-f]{16}$/),
    expect.stringMatching(/^user-[0-9a-f]{16}\/repo-[0-9a-f]{16}$/),
  ];
  expect(rows(run, 'usage.csv').map((row) => row.repositoryName)).toEqual(names);
  const { usage } = JSON.parse(run.read('billing.json'));
  expect(usage.items.map((row: { repositoryName: string }) => row.repositoryName)).toEqual(names);
  for (const name of ['acme/website', 'globex/website']) expect(run.summary).toContain(name);
  expect(everythingOf(run)).not.toMatch(/mona|dotfiles/);
});

test.each([
  ['another key', { 'redact-key': 'b'.repeat(32) }, 'it was made with another redact-key'],
  ['no key', {}, 'its people are pseudonyms'],
])('a previous-report of the key is an error for a run with %s', async (_, key, why) => {
  const place = workspace();
  const github = await startGitHub({ now: NOW, seats: 20 });
  const first = await report(github, { formats: 'json', 'redact-key': KEY });
  writeFileSync(path.join(place, 'last.json'), first.read('licenses.json'));
  const inputs = { 'previous-report': 'last.json', ...key };
  const run = await report(github, inputs, { workspace: place });
  expect([run.exitCode, run.outputs.status, run.outputs.users]).toEqual([1, 'error', '20']);
  expect(annotations(run, 'error')).toEqual([expect.stringContaining(`previous-report: ${why}`)]);
});

describe('a repository that is public', () => {
  const event = (visibility: string) => {
    const file = path.join(workspace(), 'event.json');
    writeFileSync(file, JSON.stringify({ repository: { visibility } }));
    return { env: { GITHUB_EVENT_PATH: file } };
  };
  const warned = async (visibility: string, key = {}) => {
    const github = await startGitHub({ now: NOW, seats: 5 });
    const run = await report(github, { formats: 'none', ...key }, event(visibility));
    return annotations(run, 'warning').filter((text) => text.startsWith('This repository is public'));
  };

  test('is warned of, unless there is a key', async () => {
    expect(await warned('public')).toEqual([expect.stringContaining('set `redact-key`')]);
    expect(await warned('public', { 'redact-key': KEY })).toEqual([]);
    expect(await warned('internal')).toEqual([]);
  });
});
