/** Living inside GitHub's limits: real seconds, as the server announces them. */
import { expect, test } from 'vitest';
import { NOW } from '../clock.ts';
import { type LicensedUser, rowKey } from '../simulator/enterprise.ts';
import type { FaultRule } from '../simulator/faults.ts';
import type { Simulator } from '../simulator/server.ts';
import type { ActionRun } from './action.ts';
import { annotations, report, startGitHub } from './support.ts';

/** 40 pages. */
const SEATS = 4000;
/** What was on its way when the refusal left may arrive this late on a busy machine; milliseconds. */
const TRAVEL_TIME = 300;

const everyone = (github: Simulator, result: ActionRun) => {
  const { users } = JSON.parse(result.read('licenses.json')) as { users: LicensedUser[] };
  expect(users.map(rowKey)).toEqual(github.enterprise.people.map(rowKey));
};

test.concurrent.each([
  ['403 with retry-after', { status: 403, retryAfter: 1 }],
  ['429 with an HTTP date', { status: 429, retryAfter: 'date:1' }],
] as const)(
  'a secondary limit in the middle stops the whole run for as long as it says: %s',
  async (_, refusal) => {
    const fault: FaultRule = { kind: 'secondary-limit', ...refusal, match: { page: 20 }, times: 1 };
    const github = await startGitHub({ now: NOW, seats: SEATS, faults: [fault], latencyMs: 5 });
    const result = await report(github, { report: 'licenses, sync-status' });
    expect([result.exitCode, result.outputs.status]).toEqual([0, 'pass']);
    everyone(github, result);
    const refusedAt = github.requests.find(({ fault: met }) => met === 'limit')?.at ?? Number.NaN;
    const since = github.requests.map(({ at }) => at - refusedAt).filter((at) => at > TRAVEL_TIME);
    expect(since.length).toBeGreaterThan(5);
    expect(since.filter((at) => at < 1000)).toEqual([]);
    expect(annotations(result, 'warning').join() + result.log).toMatch(
      /secondary rate limit was hit\. All requests stop for [1-3] seconds?, then go on with at most 5 at a time/,
    );
  },
);

test.concurrent('the primary limit used up is waited for when it resets soon', async () => {
  const github = await startGitHub({ now: NOW, seats: SEATS, limits: { budget: 30, resetSeconds: 2 } });
  const result = await report(github);
  expect([result.exitCode, result.outputs.status]).toEqual([0, 'pass']);
  everyone(github, result);
  expect(github.requests.every(({ status }) => status === 200)).toBe(true);
  expect(result.log).toMatch(/primary rate limit does not suffice: \d+ more requests are needed, \d+ left/);
});

test.concurrent('… and fails the run at once when it resets too late, saying what would be needed', async () => {
  const github = await startGitHub({
    now: NOW,
    seats: SEATS,
    limits: { budget: 5000, used: 4980, resetSeconds: 7100 },
  });
  const result = await report(github);
  expect([result.exitCode, result.outputs.status]).toEqual([1, 'error']);
  const error = annotations(result, 'error').join('\n');
  expect(error).toContain('39 more requests are needed, 19 left, and it resets in 119 minutes');
  expect(error).toContain('A run waits 15 minutes at most');
  expect(github.requests).toHaveLength(1);
});
