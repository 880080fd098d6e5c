/** A cancelled workflow: the runner sends SIGINT, then SIGTERM. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { NOW } from '../clock.ts';
import type { Simulator } from '../simulator/server.ts';
import { type RunOptions, report, startGitHub, workspace } from './support.ts';

const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
};

const everythingIn = (directory: string) =>
  existsSync(directory) ? readdirSync(directory, { recursive: true }).map(String).sort() : [];

describe.concurrent.each(['SIGINT', 'SIGTERM'] as const)('%s', (name) => {
  const cancelled = async (github: Simulator, when: Promise<unknown>, options: RunOptions) => {
    const result = await report(
      github,
      { report: 'all', 'history-file': 'history.ndjson' },
      {
        ...options,
        signal: { name, when },
      },
    );
    expect(result.exitCode).toBe(1);
    return result;
  };

  test('in the middle of the pages ends the run, says how far it came, and writes nothing', async () => {
    const github = await startGitHub({ now: NOW, seats: 20_000, latencyMs: 20 });
    const place = workspace();
    const middle = until(() => github.requests.filter(({ status }) => status === 200).length > 60);
    const result = await cancelled(github, middle, { workspace: place });
    expect(result.log).toMatch(
      new RegExp(
        `Cancelled \\(${name}\\) after reading [\\d,]+ of about 20,000 seats.*No file is left half written`,
      ),
    );
    expect(github.requests.length).toBeLessThan(200);
    expect(everythingIn(place)).toEqual([]);
    expect(result.outputs).toEqual({
      status: 'error',
      'report-directory': path.join(place, 'enterprise-report'),
    });
  });

  test('while files are written leaves whole files and nothing unfinished', async () => {
    const github = await startGitHub({ now: NOW, seats: 30_000, limits: false });
    const place = workspace();
    writeFileSync(path.join(place, 'history.ndjson'), 'kept\n');
    const directory = path.join(place, 'enterprise-report');
    const writing = until(() => everythingIn(directory).some((file) => file.endsWith('.unfinished')));
    const result = await cancelled(github, writing, { workspace: place });
    expect(result.log).toContain(`Cancelled (${name})`);
    expect(everythingIn(place).filter((file) => file.includes('unfinished'))).toEqual([]);
    for (const file of result.files.filter((file) => file.endsWith('.json'))) JSON.parse(result.read(file));
  });
});
