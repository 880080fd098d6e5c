import { expect, test } from 'vitest';
import { addressOf, TOPICS, withAddress } from '../../src/common/documents.ts';
import { read } from '../contracts/repository.ts';

const HERE = {
  GITHUB_ACTION_REPOSITORY: 'acme/enterprise-license-report',
  GITHUB_ACTION_REF: 'v1.2.3',
  GITHUB_SERVER_URL: 'https://github.com',
};

test('an error ends with the address of its section, at the version that runs', () => {
  expect(withAddress('The token lacks a scope', 'scope', HERE)).toBe(
    'The token lacks a scope. See https://github.com/acme/enterprise-license-report/blob/v1.2.3/docs/troubleshooting.md#scope',
  );
  expect(addressOf('docs/metrics.md', { ...HERE, GITHUB_ACTION_REF: 'feature/a b#c' })).toMatch(
    /\/blob\/feature\/a%20b%23c\/docs\/metrics\.md$/,
  );
});

test.each([
  [{ GITHUB_SERVER_URL: 'https://github.acme.com' }],
  [{ GITHUB_SERVER_URL: undefined }],
  [{ GITHUB_ACTION_REPOSITORY: '' }],
  [{ GITHUB_ACTION_REF: '' }],
])('where the version is not known, or the host is another, it is the path: %j', (changed) => {
  expect(withAddress('Why?', 'scope', { ...HERE, ...changed })).toBe(
    'Why? See docs/troubleshooting.md#scope',
  );
});

test('every topic has its place in docs/troubleshooting.md, and every anchor there is a topic', () => {
  const anchors = [...read('docs/troubleshooting.md').matchAll(/<a id="([^"]*)"><\/a>/g)].map(([, id]) => id);
  expect(anchors.toSorted()).toEqual(TOPICS.toSorted());
});
