/** What each endpoint may answer, against what the user reads and what is left of the run. */
import { beforeAll, describe, expect, test } from 'vitest';
import { NOW } from '../clock.ts';
import type { FaultRule } from '../simulator/faults.ts';
import type { Simulator } from '../simulator/server.ts';
import { runHere } from './in-process.ts';
import { annotations, startGitHub } from './support.ts';

/** `refused`: a section is left out, with one line that says why. `broken`: it is an error. */
interface Given {
  readonly fault: FaultRule;
  readonly section: 'refused' | 'broken';
  readonly says: readonly string[];
  /** What is said of Copilot seats instead, which the bill has. */
  readonly copilot?: readonly string[];
  /** What a section that is left out says instead. */
  readonly line?: string;
  /** What the notice says of a list that is left out. */
  readonly notice?: string;
}

const ANSWERS: Record<string, Given> = {
  '401': { fault: { kind: '401' }, section: 'broken', says: ['401', 'wrong, expired or revoked', '`token`'] },
  '403': {
    fault: { kind: '403', message: 'Owners only' },
    section: 'refused',
    says: ['403', 'Owners only', 'is not an owner'],
  },
  '403 for an integration': {
    fault: { kind: '403', message: 'Resource not accessible by integration' },
    section: 'refused',
    says: ['403', 'an installation token of a GitHub App', 'which GitHub does not take for it'],
  },
  '403 with SSO': {
    fault: { kind: '403-sso' },
    section: 'refused',
    says: ['SAML', 'https://github.com/enterprises/acme/sso?'],
  },
  '404 with the scope': {
    fault: { kind: '404' },
    section: 'refused',
    says: ['404', 'no enterprise `acme`'],
    copilot: ['404', 'although the bill has Copilot', 'for very large enterprises'],
    line: 'not found (404): this host does not offer it, or the token',
    notice: 'GitHub answers 404 to the list of them',
  },
  '404 without the scope': {
    fault: { kind: '404-scope' },
    section: 'refused',
    says: ['404', 'lacks the scope admin:enterprise', '(it has repo)'],
  },
  '410': {
    fault: { kind: '410' },
    section: 'refused',
    says: ['410', 'retired', 'No token can change that'],
    line: 'retired: GitHub no longer offers it (410)',
    notice: 'GitHub answers 410 to the list of them',
  },
  '422': { fault: { kind: '422' }, section: 'broken', says: ['422', 'does not accept the request'] },
  '500': {
    fault: { kind: '500-json' },
    section: 'broken',
    says: ['500', 'after 5 attempts', 'githubstatus.com'],
  },
  '503': {
    fault: { kind: '503-json' },
    section: 'broken',
    says: ['503', 'after 5 attempts', 'githubstatus.com'],
  },
  nothing: {
    fault: { kind: 'empty' },
    section: 'broken',
    says: ['after 5 attempts', 'it is empty', 'Nothing was left out'],
  },
  'half of it': {
    fault: { kind: 'cut-off' },
    section: 'broken',
    says: ['after 5 attempts', 'no complete JSON', 'Nothing was left out'],
  },
};

const SEATS = /^(seats-|users|duplicate-seats|visual-studio-)/;
const BUDGETS = /^budgets-|^copilot-inactive-cost$/;
/** Endpoints of a whole report, with the metrics that it has. */
const REPORTS: Record<string, RegExp> = {
  'consumed-licenses': SEATS,
  'license-sync-status': /^(servers|oldest-sync-days)/,
  'copilot/billing/seats': /^copilot-/,
};
/** Lists that a report has beside others, with the metrics that they have. */
const LISTS: Record<string, RegExp> = { 'visual-studio-subscriptions': /^visual-studio-/ };
/** Endpoints of a section of billing, with the metrics that nothing else can give. */
const SECTIONS: Record<string, RegExp | undefined> = {
  'billing/usage': BUDGETS,
  'cost-centers': BUDGETS,
  budgets: /^(user-)?budgets-/,
  'advanced-security': /^committers/,
  'usage/summary': undefined,
  'premium_request/usage': undefined,
  'ai_credit/usage': undefined,
  actions: undefined,
  packages: undefined,
  'shared-storage': undefined,
};

let github: Simulator;
let sound: Record<string, string>;
let files: readonly string[];

const runAll = () => runHere(github, { report: 'all' });
const values = (outputs: Readonly<Record<string, string>>) => JSON.parse(outputs.metrics ?? '{}');
const without = (lost: RegExp | undefined) =>
  Object.fromEntries(Object.entries(sound).filter(([metric]) => !lost?.test(metric)));

beforeAll(async () => {
  github = await startGitHub({
    seats: 30,
    organizations: 2,
    repositories: 10,
    costCenters: 1,
    budgets: 5,
    previousPlatform: 'served',
    now: NOW,
  });
  const undisturbed = await runAll();
  sound = values(undisturbed.outputs);
  files = undisturbed.files;
  expect(files).toContain('visual-studio.csv');
  expect([undisturbed.outputs.status, undisturbed.exitCode]).toEqual(['pass', 0]);
  for (const lost of [...Object.values(REPORTS), ...Object.values(LISTS), ...Object.values(SECTIONS)]) {
    if (lost) expect(Object.keys(without(lost)).length).toBeLessThan(Object.keys(sound).length);
  }
});

describe.each(Object.entries(ANSWERS))('%s', (_, { fault, section, says, line, copilot, notice }) => {
  test.each(Object.entries(REPORTS))(
    'for %s fails its report and leaves the others',
    async (endpoint, lost) => {
      github.setFaults([{ ...fault, match: { endpoint } }]);
      const result = await runAll();
      const [error = '', ...more] = annotations(result, 'error');
      expect([result.outputs.status, result.exitCode, more]).toEqual(['error', 1, []]);
      const told = (endpoint.startsWith('copilot') && copilot) || says;
      for (const part of [`GET /enterprises/acme/${endpoint}`, ...told]) expect(error).toContain(part);
      expect(values(result.outputs)).toEqual(without(lost));
      expect(result.files).toContain('billing.json');
    },
  );

  test.each(Object.entries(LISTS))('for %s costs its metrics and nothing else', async (endpoint, lost) => {
    github.setFaults([{ ...fault, match: { endpoint } }]);
    const result = await runAll();
    expect(values(result.outputs)).toEqual(without(lost));
    expect(result.files).toEqual(files.filter((name) => name !== 'visual-studio.csv'));
    const errors = annotations(result, 'error');
    const notices = annotations(result, 'notice').filter((text) => text.startsWith('Visual Studio'));
    if (section === 'refused') {
      expect([result.outputs.status, result.exitCode, errors]).toEqual(['pass', 0, []]);
      expect(notices).toEqual([expect.stringMatching(/^Visual Studio subscriptions are left out\. /)]);
      for (const part of notice ? [notice] : [`GET /enterprises/acme/${endpoint}`, ...says])
        expect(notices[0]).toContain(part);
      expect(plain(result.summary)).toContain('Visual Studio subscriptions are left out');
    } else {
      expect([result.outputs.status, result.exitCode, notices]).toEqual(['error', 1, []]);
      expect(errors).toEqual([expect.stringMatching(/^Visual Studio subscriptions: /)]);
      for (const part of [`GET /enterprises/acme/${endpoint}`, ...says]) expect(errors[0]).toContain(part);
    }
  });

  test.each(Object.entries(SECTIONS))('for %s costs its section and nothing else', async (endpoint, lost) => {
    github.setFaults([{ ...fault, match: { endpoint } }]);
    const result = await runAll();
    expect(values(result.outputs)).toEqual(without(lost));
    const errors = annotations(result, 'error');
    if (section === 'refused') {
      expect([result.outputs.status, result.exitCode, errors]).toEqual(['pass', 0, []]);
      for (const part of line === undefined ? ['no permission', ...says] : [line])
        expect(plain(result.summary)).toContain(plain(part));
    } else {
      expect([result.outputs.status, result.exitCode]).toEqual(['error', 1]);
      const text = errors.at(-1) ?? '';
      for (const part of [`/settings/billing/${endpoint.replace('billing/', '')}`, ...says])
        expect(text).toContain(part);
    }
  });
});

/** Without what Markdown needs around special characters. */
const plain = (text: string) => text.replaceAll(/[\\`\u200b]|&#\d+;|<[^>]*>/g, '');

test.each([...Object.keys(REPORTS), ...Object.keys(LISTS), ...Object.keys(SECTIONS)])(
  '429 for %s: too long a wait ends the run at once',
  async (endpoint) => {
    const fresh = await startGitHub({
      seats: 30,
      now: NOW,
      faults: [{ kind: 'secondary-limit', status: 429, retryAfter: 3600, match: { endpoint } }],
    });
    const result = await runHere(fresh, { report: 'all' });
    expect([result.outputs.status, result.exitCode]).toEqual(['error', 1]);
    expect(annotations(result, 'error').join('\n')).toContain(
      "GitHub's secondary rate limit was hit, and GitHub asks to wait 60 minutes",
    );
  },
);

test('lists without anything in them are no fault', async () => {
  const empty = await startGitHub({
    now: NOW,
    seats: 0,
    purchased: 10,
    servers: [],
    organizations: 0,
    repositories: 0,
    costCenters: 0,
    budgets: 0,
  });
  empty.billing.metered.charges.length = 0;
  const result = await runHere(empty, { report: 'all' });
  expect([result.outputs.status, result.exitCode, annotations(result, 'error')]).toEqual(['pass', 0, []]);
  expect(values(result.outputs)).toMatchObject({
    'seats-available': 10,
    users: 0,
    'duplicate-seats': 0,
    'seats-reclaimable': 0,
    servers: 0,
    'servers-failing': 0,
    committers: 0,
    'actions-minutes-used': 0,
    'cost-net': 0,
    'cost-net-forecast': 0,
  });
  for (const metric of ['oldest-sync-days', 'budgets-over', 'committers-used-percent'])
    expect(result.outputs[metric]).toBe('');
  expect(result.summary).not.toMatch(/NaN|undefined|Infinity/);
});
