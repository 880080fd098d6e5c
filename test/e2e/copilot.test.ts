/** Copilot seats: counted anew from what GitHub served, and what a user reads where it refused. */
import { describe, expect, test } from 'vitest';
import { NOW } from '../clock.ts';
import { csvRows } from '../output/reading.ts';
import { DIALECTS } from '../simulator/dialects.ts';
import type { FaultRule } from '../simulator/faults.ts';
import type { Simulator } from '../simulator/server.ts';
import { runHere } from './in-process.ts';
import { annotations, metricsOf, report, startGitHub } from './support.ts';

/** By the contract, from the grants; nothing of the action is used. */
function countAnew({ copilot }: Simulator, days = 30) {
  const people = new Map<string, Simulator['copilot']['grants']>();
  for (const grant of copilot.grants) {
    if (grant.assignee === null) continue;
    const login = grant.assignee.login.toLowerCase();
    people.set(login, [...(people.get(login) ?? []), grant]);
  }
  const age = (date: string) => (NOW.getTime() - Date.parse(date)) / 86_400_000;
  const states = [...people.values()].map((grants) => {
    if (grants.every((grant) => grant.pending_cancellation_date)) return 'ending';
    if (grants.some((grant) => grant.last_activity_at && age(grant.last_activity_at) <= days))
      return 'active';
    return Math.max(...grants.map((grant) => age(grant.created_at))) <= days ? 'new' : 'inactive';
  });
  const inactive = [...people.values()].filter((_, index) => states[index] === 'inactive');
  const of = (state: string) => states.filter((one) => one === state).length;
  return {
    'copilot-seats': people.size,
    'copilot-seats-active': of('active'),
    'copilot-seats-inactive': of('inactive'),
    'copilot-seats-new': of('new'),
    'copilot-seats-ending': of('ending'),
    'copilot-seats-inactive-percent': Math.round((10_000 * of('inactive')) / people.size) / 100,
    /** At the simulator's prices. */
    cost: inactive.reduce(
      (sum, grants) => sum + (grants.some((grant) => grant.plan_type === 'enterprise') ? 39 : 19),
      0,
    ),
  };
}

test.each(DIALECTS)('states and their cost, %s', async (dialect) => {
  const github = await startGitHub({ now: NOW, seats: 700, organizations: 14, dialect });
  const run = await report(github, {
    report: 'billing, copilot',
    'inactive-after-days': '20',
    'fail-on': 'copilot-inactive-cost: above 1',
  });
  const { cost, ...counted } = countAnew(github, 20);
  expect(metricsOf(run)).toMatchObject({ ...counted, 'copilot-inactive-cost': cost });
  expect(run.outputs.status).toBe('fail');
  const rows = csvRows(run.read('copilot.csv'));
  expect(rows).toHaveLength(github.copilot.grants.length);
  const states = new Map(rows.map(({ login, state }) => [login?.toLowerCase(), state]));
  expect([...states.values()].filter((state) => state === 'inactive')).toHaveLength(
    counted['copilot-seats-inactive'],
  );
  const json = JSON.parse(run.read('copilot.json'));
  expect(json.metrics).toMatchObject({ ...counted, 'copilot-inactive-cost': cost });
  expect(json.seats).toHaveLength(rows.length);
  expect(run.read('copilot.json').match(/^\{"login":/gm)).toHaveLength(rows.length);
  const nobodys = github.copilot.grants.filter(({ assignee }) => assignee === null).length;
  expect(annotations(run, 'notice').filter((text) => text.includes('names nobody'))).toHaveLength(
    nobodys > 0 ? 1 : 0,
  );
});

test('30,000 grants of 20,000 people, on 300 pages', async () => {
  const github = await startGitHub({
    now: NOW,
    dialect: 'field',
    seats: 21_000,
    copilotSeats: 20_000,
    copilotGrants: 30_000,
    copilotTotal: 20_000,
    shares: { serverOnly: 0, visualStudioOnly: 0 },
  });
  const run = await report(github, { report: 'copilot', formats: 'csv', 'job-summary': 'false' });
  const { cost, ...counted } = countAnew(github);
  // Some grants are of nobody.
  expect(counted['copilot-seats']).toBeGreaterThan(19_000);
  expect(metricsOf(run)).toEqual({ ...counted, 'copilot-seats': 20_000 });
  expect(github.requests).toHaveLength(300);
  expect(github.mostInFlight).toBeLessThanOrEqual(10);
  expect(csvRows(run.read('copilot.csv'))).toHaveLength(30_000);
}, 120_000);

test('the cost needs the present bill', async () => {
  const github = await startGitHub({ now: NOW, seats: 200 });
  const past = await runHere(github, {
    report: 'billing, copilot',
    period: 'previous',
    'warn-on': 'copilot-inactive-cost: above 1',
  });
  expect([past.outputs.status, past.outputs['copilot-inactive-cost']]).toEqual(['warn', '']);
  expect(past.log).toContain('the bill is of October 2026, and Copilot seats are of the present');
  expect(past.outputs['copilot-seats']).not.toBe('');
});

/** What a refusal of the list says, without a bill that contradicts it. */
const ANSWERS: Record<string, { fault: FaultRule; says: readonly string[] }> = {
  '401': { fault: { kind: '401' }, says: ['401', 'wrong, expired or revoked'] },
  '403 with SSO': { fault: { kind: '403-sso' }, says: ['SAML', 'https://github.com/enterprises/acme/sso?'] },
  '403 for an integration': {
    fault: { kind: '403', message: 'Resource not accessible by integration' },
    says: ['403', 'installation token of a GitHub App', 'read:enterprise or manage_billing:copilot'],
  },
  '404 with the scope': {
    fault: { kind: '404' },
    says: [
      '404',
      'no enterprise `acme`',
      'not an owner or billing manager of it',
      'read:enterprise or manage_billing:copilot',
    ],
  },
  '404 without the scope': {
    fault: { kind: '404-scope' },
    says: ['404', 'lacks the scope admin:enterprise', '(it has repo)'],
  },
  '422': { fault: { kind: '422' }, says: ['422', 'does not accept the request'] },
  '500': { fault: { kind: '500-json' }, says: ['500', 'after 5 attempts', 'githubstatus.com'] },
  'half of it': { fault: { kind: 'cut-off' }, says: ['after 5 attempts', 'no complete JSON'] },
};

describe.each(Object.entries(ANSWERS))('%s', (_, { fault, says }) => {
  test.each([1, 2])('on page %i is an error that says why, and leaves no number', async (page) => {
    const github = await startGitHub({ now: NOW, seats: 400, copilotSeats: 150 });
    github.setFaults([{ ...fault, match: { endpoint: 'copilot/billing/seats', page } }]);
    const run = await runHere(github, {
      report: 'copilot, sync-status',
      'fail-on': 'copilot-seats: above 0',
    });
    expect([run.outputs.status, run.exitCode, run.outputs['copilot-seats']]).toEqual(['error', 1, '']);
    const text = annotations(run, 'error').join('\n');
    for (const part of ['GET /enterprises/acme/copilot/billing/seats', ...says]) expect(text).toContain(part);
    expect(run.outputs.servers).toBe('2');
    expect(run.files.filter((name) => name.startsWith('copilot'))).toEqual([]);
  });
});

test('a token of either scope reads it', async () => {
  for (const scope of ['read:enterprise', 'manage_billing:copilot']) {
    const github = await startGitHub({ now: NOW, seats: 60, tokens: { t: { scopes: [scope] } } });
    expect((await runHere(github, { token: 't', report: 'copilot' })).outputs.status).toBe('pass');
  }
  const github = await startGitHub({ now: NOW, seats: 60, tokens: { t: { scopes: ['repo'] } } });
  const run = await runHere(github, { token: 't', report: 'copilot' });
  expect(annotations(run, 'error')[0]).toMatch(
    /lacks the scope .*manage_billing:copilot.* or read:enterprise/,
  );
});
