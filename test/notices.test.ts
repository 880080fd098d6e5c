import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { tokenExpiry, visibilityNotices } from '../src/notices.ts';

/* ── The token ───────────────────────────────────────────────────────────────────────────────────────────────── */

const NOW = new Date('2026-03-01T00:00:00Z');

test('a token whose expiry GitHub does not tell has nothing to measure', () => {
  const why = 'GitHub does not say that the token expires';
  const measures = { 'token-days-left': { absent: 'nothing-to-measure', why } };
  expect(tokenExpiry(undefined, NOW)).toEqual({ measures, notices: [] });
});

test('an expiry that cannot be read is not delivered, so that a gate on it does not pass', () => {
  const why = 'GitHub says when the token expires in a form that cannot be read';
  const measures = { 'token-days-left': { absent: 'not-delivered', why } };
  expect(tokenExpiry('unreadable', NOW)).toEqual({ measures, notices: [] });
});

test.each([
  ['2026-03-31T12:00:00Z', 30.5, 0],
  ['2026-03-15T00:00:00Z', 14, 1],
  ['2026-03-15T00:30:00Z', 14.02, 0],
  ['2026-02-28T00:00:00Z', -1, 1],
])('expiring %s: %d days left, %i warnings', (expires, days, warnings) => {
  const { measures, notices } = tokenExpiry(new Date(expires), NOW);
  expect(measures['token-days-left']).toBe(days);
  expect(notices).toHaveLength(warnings);
});

test.each([
  ['2026-03-11T12:00:00Z', 'expires in 10 days, on 2026-03-11'],
  ['2026-03-02T18:00:00Z', 'expires in 1 day, on 2026-03-02'],
  ['2026-03-01T06:00:00Z', 'expires in 0 days, on 2026-03-01'],
  ['2026-03-01T00:00:00Z', 'expires in 0 days, on 2026-03-01'],
  ['2026-02-28T23:59:59Z', 'expired on 2026-02-28'],
  ['2026-02-28T00:00:00Z', 'expired on 2026-02-28'],
])('a token whose expiry is %s %s', (expires, when) => {
  expect(tokenExpiry(new Date(expires), NOW).notices).toEqual([
    { level: 'warning', text: `The token ${when}: make a new one and replace the secret.` },
  ]);
});

/* ── Who can see it ──────────────────────────────────────────────────────────────────────────────────────────── */

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

test('a public repository is told what of it is public, and what to do', () => {
  const [notice] = visibilityNotices(event(JSON.stringify({ repository: { private: false } })), false);
  expect(notice?.level).toBe('warning');
  expect(notice?.text).toMatch(
    /^This repository is public.*Use a private repository, or set `redact-key`\.$/,
  );
});

test.each(['', '{"repository"', 'null', '7'])('an event file of %j warns of nothing', (text) => {
  expect(visibilityNotices(event(text), false)).toEqual([]);
});

test('without an event there is nothing to warn of', () => {
  expect(visibilityNotices({}, false)).toEqual([]);
  expect(visibilityNotices({ GITHUB_EVENT_PATH: path.join(directory, 'nowhere') }, false)).toEqual([]);
});
