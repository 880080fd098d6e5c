import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { visibilityNotices } from '../src/visibility.ts';

const directory = mkdtempSync(path.join(tmpdir(), 'event-'));
afterAll(() => rmSync(directory, { recursive: true }));

const event = (text: string) => {
  const file = path.join(directory, 'event.json');
  writeFileSync(file, text);
  return { GITHUB_EVENT_PATH: file };
};
const repository = { name: 'reports', owner: { login: 'acme' } };

test.each([
  [{ ...repository, visibility: 'public' }, false, 1],
  [{ ...repository, private: false }, false, 1],
  [{ ...repository, visibility: 'public' }, true, 0],
  [{ ...repository, visibility: 'private', private: true }, false, 0],
  [{ ...repository, visibility: 'internal', private: true }, false, 0],
  [repository, false, 0],
  [undefined, false, 0],
])('of %j, redacted %j: %i warnings', (given, redacted, warnings) => {
  expect(visibilityNotices(event(JSON.stringify({ repository: given })), redacted)).toHaveLength(warnings);
});

test.each(['', '{"repository"', 'null', '7'])('an event file of %j warns of nothing', (text) => {
  expect(visibilityNotices(event(text), false)).toEqual([]);
});

test('without an event there is nothing to warn of', () => {
  expect(visibilityNotices({}, false)).toEqual([]);
  expect(visibilityNotices({ GITHUB_EVENT_PATH: path.join(directory, 'nowhere') }, false)).toEqual([]);
});
