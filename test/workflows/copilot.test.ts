/** examples/inactive-copilot-seats.yml, week after week, and the script that it leaves for somebody to run. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NOW } from '../clock.ts';
import { report as runReport, startGitHub } from '../e2e/support.ts';
import { canRunWorkflows, createGitHub, type GitHub, type Outcome, type Status } from './github.ts';
import type { RunOptions } from './runner.ts';

const EXAMPLE = 'examples/inactive-copilot-seats.yml';
const SCRIPT = 'remove-copilot-seats.sh';

interface Seat {
  readonly login: string;
  readonly organization: string;
  readonly team: string;
  readonly state: string;
  readonly pending_cancellation_date: string;
}
const seat = (login: string, more: Partial<Seat> = {}): Seat => ({
  login,
  organization: 'octo',
  team: '',
  state: 'inactive',
  pending_cancellation_date: '',
  ...more,
});

/** copilot.json of a run. */
const copilot = (seats: readonly Seat[], api_url = 'https://api.github.com'): Outcome => ({
  status: 'pass',
  files: {
    'copilot.json': JSON.stringify({
      enterprise: 'acme',
      generated_at: '2026-03-16T06:00:00.000Z',
      api_url,
      seats,
    }),
  },
});

describe.skipIf(!canRunWorkflows)('inactive Copilot seats', () => {
  let github: GitHub;
  beforeEach(() => {
    github = createGitHub();
  });
  afterEach(() => github.remove());

  const week = (outcome: Outcome | Status, options: Partial<RunOptions> = {}) =>
    github.run(EXAMPLE, outcome, options);

  /** A file of the artifact that a run left last; undefined when it holds none. */
  function left(name = SCRIPT): string | undefined {
    const id = github.artifacts().at(-1)?.id;
    const { status, stdout } = spawnSync('unzip', ['-p', path.join(github.directory, `${id}.zip`), name], {
      encoding: 'utf8',
    });
    return status === 0 ? stdout : undefined;
  }

  /** Runs the script as somebody would. What it does: the host, and who loses a seat where. */
  function runScript(script: string | undefined) {
    const directory = mkdtempSync(path.join(github.directory, 'person-'));
    // A `gh` that notes what it is called with; nothing but it and Bash is at hand.
    symlinkSync(path.join(github.bin, 'curl'), path.join(directory, 'gh'));
    const ended = spawnSync('/bin/bash', ['--norc', '-c', `${script}\necho "ended on $GH_HOST"`], {
      env: { PATH: directory, GITHUB_STAND_IN: github.directory },
      encoding: 'utf8',
    });
    rmSync(directory, { recursive: true });
    expect(ended.stderr).toBe('');
    const removed = github.calls('curl').map(({ args: [api, option, method, endpoint, ...fields] }) => {
      expect([api, option, method]).toEqual(['api', '--method', 'DELETE']);
      expect(fields.filter((_, index) => index % 2 === 0)).toEqual(Array(fields.length / 2).fill('-f'));
      return [endpoint, ...fields.filter((_, index) => index % 2 === 1)];
    });
    return { stdout: ended.stdout, removed };
  }
  const from = (place: string, ...logins: string[]) => [
    `${place}/copilot/billing/selected_users`,
    ...logins.map((login) => `selected_usernames[]=${login}`),
  ];

  test.each([
    ['fresh', false],
    ['persistent', true],
  ])('have a script of the run itself, run after run, on a %s runner', (_, persistent) => {
    const machine = persistent ? { machine: github.machine() } : {};
    for (const [index, status] of (['pass', 'warn', 'fail', 'error', 'pass'] as const).entries()) {
      const run = week({ ...copilot([seat(`week-${index}`)]), status }, machine);
      expect(run.result, run.log).toBe(status === 'pass' || status === 'warn' ? 'success' : 'failure');
      expect(github.artifacts()).toHaveLength(index + 1);
      expect(left()?.match(/week-\d/g)).toEqual([`week-${index}`]);
    }
  });

  test('have no script of an earlier week when GitHub does not list the seats', () => {
    const machine = github.machine();
    week(copilot([seat('mona')]), { machine });
    expect(left()).toContain('mona');
    expect(week({ status: 'error' }, { machine }).result).toBe('failure');
    expect(github.artifacts()).toHaveLength(2);
    expect(left()).toBeUndefined();
    expect(left('organizations.csv')).toBeDefined();
    expect(week({ status: 'error', nothing: true }, { machine }).result).toBe('failure');
    expect(github.artifacts()).toHaveLength(2);
    week(copilot([seat('hubot')]), { machine });
    expect(left()).toContain('hubot');
  });

  test('are taken away where they were given, and no others', () => {
    week(
      copilot([
        seat('mona'),
        seat('works', { state: 'active' }),
        seat('fresh', { state: 'new' }),
        seat('unclear', { state: 'unknown' }),
        seat('', { state: '' }),
        seat('gone', { state: 'ending', pending_cancellation_date: '2026-04-01' }),
        seat('half', { pending_cancellation_date: '2026-04-01' }),
        seat('half', { organization: 'initech' }),
        seat('hubot'),
        seat('direct', { organization: '' }),
        seat('Member', { team: 'platform' }),
        seat('other', { team: 'data', organization: '' }),
      ]),
    );
    const script = left();
    expect(runScript(script).removed).toEqual([
      from('enterprises/acme', 'direct'),
      from('orgs/initech', 'half'),
      from('orgs/octo', 'mona', 'hubot'),
    ]);
    expect(script).toContain('inactive on 2026-03-16: 6\n');
    expect(script).toContain('\n#   orgs/octo/platform: Member\n');
    expect(script).toContain('\n#   enterprises/acme/data: other\n');
  });

  test('of nobody leave a script that does nothing', () => {
    week(copilot([seat('works', { state: 'active' })]));
    expect(runScript(left())).toEqual({ stdout: 'ended on github.com\n', removed: [] });
  });

  test('stay with whoever is struck out of the script', () => {
    week(copilot([seat('mona'), seat('hubot'), seat('last'), seat('alone', { organization: 'zed' })]));
    const without = left()?.replaceAll(/^.*=(hubot|last).*\n/gm, '');
    expect(runScript(without).removed).toEqual([from('orgs/octo', 'mona'), from('orgs/zed', 'alone')]);
  });

  test.each([
    ['https://api.github.com', 'github.com'],
    ['https://api.octocorp.ghe.com', 'octocorp.ghe.com'],
  ])('are taken away on the host that they were read from: %s', (url, host) => {
    week(copilot([seat('mona')], url));
    expect(runScript(left()).stdout).toBe(`ended on ${host}\n`);
  });

  test('with hostile names make no other command', () => {
    const hostile = [
      "'; touch owned; '",
      '$(touch owned)',
      '`id`',
      'a\nrm -rf /',
      '%0A',
      '\\',
      '-f',
      '@/etc/passwd',
    ];
    week(
      copilot(
        hostile.flatMap((text) => [
          seat(text),
          seat('mona', { organization: text }),
          seat(text, { team: text }),
          seat('hubot', { organization: text, team: text }),
        ]),
        "https://api.x'; touch owned; '",
      ),
    );
    const { removed, stdout } = runScript(left());
    expect(stdout).toBe("ended on x'; touch owned; '\n");
    expect(removed.filter(([place]) => place === 'orgs/octo/copilot/billing/selected_users')).toEqual([
      from('orgs/octo', ...hostile),
    ]);
    expect(removed).toHaveLength(1 + hostile.length);
    for (const [place, ...logins] of removed) {
      expect(place).toMatch(/^orgs\/[\w%.~()'!*-]+\/copilot\/billing\/selected_users$/);
      if (place !== 'orgs/octo/copilot/billing/selected_users')
        expect(logins).toEqual(['selected_usernames[]=mona']);
    }
  });

  test('are those of the file that the action itself writes', async () => {
    const server = await startGitHub({ now: NOW, seats: 900, organizations: 4, hostile: true });
    const run = await runReport(server, { report: 'copilot, billing' });
    expect(run.files).toContain('copilot.json');
    const { seats } = JSON.parse(run.read('copilot.json')) as { seats: Seat[] };
    week({ status: 'pass', files: { 'copilot.json': run.read('copilot.json') } });
    const own = seats.filter(
      (one) => one.state === 'inactive' && !one.pending_cancellation_date && !one.team,
    );
    expect(own.length).toBeGreaterThan(20);
    const removed = runScript(left()).removed.flatMap(([place = '', ...logins]) =>
      logins.map((login) => `${place.split('/')[1]} ${login?.replace('selected_usernames[]=', '')}`),
    );
    expect(removed.sort()).toEqual(
      own.map(({ organization, login }) => `${organization || 'acme'} ${login}`).sort(),
    );
    expect(readFileSync(path.join(github.directory, 'curl.ndjson'), 'utf8')).not.toContain('owned');
  });
});
