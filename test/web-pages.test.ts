import { expect, test } from 'vitest';
import { licensingPage, runPage } from '../src/web-pages.ts';

test.each([
  ['https://api.github.com', 'https://github.com/enterprises/acme/enterprise_licensing'],
  ['https://api.acme.ghe.com', 'https://acme.ghe.com/enterprises/acme/enterprise_licensing'],
  ['https://ghe.acme.example/api/v3', 'https://ghe.acme.example/enterprises/acme/settings/license'],
  ['https://ghe.acme.example:8443/api/v3', 'https://ghe.acme.example:8443/enterprises/acme/settings/license'],
])('the licenses of an enterprise at %s are at %s', (apiUrl, link) => {
  expect(licensingPage('acme', apiUrl)).toEqual([{ link, text: 'Licensing of acme' }]);
});

test('the licenses are nowhere without a slug, or where nobody can know the host', () => {
  expect(licensingPage('', 'https://ghe.acme.example/api/v3')).toEqual([]);
  expect(licensingPage('acme', 'https://proxy.acme.example')).toEqual([]);
  expect(licensingPage('acme', '')).toEqual([]);
  expect(licensingPage('a/b?c', 'https://api.github.com')[0]?.link).toContain('/enterprises/a%2Fb%3Fc/');
});

const RUN = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'acme/ops',
  GITHUB_RUN_ID: '42',
};

test('a run has its page', () => {
  expect(runPage(RUN)).toEqual([{ link: 'https://github.com/acme/ops/actions/runs/42', text: 'This run' }]);
});

test.each([
  {},
  { ...RUN, GITHUB_RUN_ID: undefined },
  { ...RUN, GITHUB_RUN_ID: '42?x' },
  { ...RUN, GITHUB_REPOSITORY: 'acme' },
  { ...RUN, GITHUB_REPOSITORY: 'acme/ops)/x' },
  { ...RUN, GITHUB_SERVER_URL: 'javascript:alert(1)//' },
  { ...RUN, GITHUB_SERVER_URL: 'https://user@github.com' },
])('a run that is not known has none: %j', (env) => {
  expect(runPage(env)).toEqual([]);
});
