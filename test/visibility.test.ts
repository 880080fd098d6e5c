import { context } from '@actions/github';
import { afterEach, expect, test } from 'vitest';
import { visibilityNotices } from '../src/visibility.ts';

const before = context.payload.repository;
afterEach(() => {
  if (before) context.payload.repository = before;
  else delete context.payload.repository;
});

const repository = { name: 'reports', owner: { login: 'acme' } };

test.each([
  [{ ...repository, visibility: 'public' }, false, 1],
  [{ ...repository, private: false }, false, 1],
  [{ ...repository, visibility: 'public' }, true, 0],
  [{ ...repository, visibility: 'private', private: true }, false, 0],
  [{ ...repository, visibility: 'internal', private: true }, false, 0],
  [repository, false, 0],
])('of %j, redacted %j: %i warnings', (given, redacted, warnings) => {
  context.payload.repository = given;
  expect(visibilityNotices(redacted)).toHaveLength(warnings);
});

test('without an event there is nothing to warn of', () => {
  delete context.payload.repository;
  expect(visibilityNotices(false)).toEqual([]);
});
