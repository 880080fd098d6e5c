/** What the user reads when something is wrong: the same sentence in the log, the annotation and the job summary. */
import MarkdownIt from 'markdown-it';
import { describe, expect, test } from 'vitest';
import { NOW } from '../clock.ts';
import { type Override, type SimulatorOptions, TOKEN } from '../simulator/server.ts';
import { type ActionRun, runAction } from './action.ts';
import { annotations, report, startGitHub } from './support.ts';

const run = async (
  options: Partial<SimulatorOptions>,
  inputs: Record<string, string> = {},
): Promise<ActionRun> => report(await startGitHub({ seats: 5, now: NOW, ...options }), inputs);

/** What is read once GitHub has rendered it. */
const plain = (markdown: string) =>
  new MarkdownIt({ html: true })
    .render(markdown)
    .replaceAll(/<[^>]+>|\u200b/g, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');

function expectError(result: ActionRun, ...parts: string[]): void {
  expect(result.exitCode).toBe(1);
  expect(result.outputs.status).toBe('error');
  expect(result.outputs['report-directory']).not.toBe('');
  const told = annotations(result, 'error');
  const annotation = told.join('\n');
  expect(told).toEqual([...new Set(told)]);
  for (const error of told) expect(error).toMatch(/ See docs\/troubleshooting\.md#[a-z-]+$/);
  for (const part of parts) {
    expect(annotation).toContain(part);
    expect(plain(result.summary)).toContain(part.replaceAll('`', ''));
  }
  expect(result.log.replace(/::add-mask::.*/g, '')).not.toContain(TOKEN);
  expect(result.summary).not.toContain(TOKEN);
}

describe.concurrent('GitHub refuses', () => {
  test('a wrong token', async () => {
    expectError(await run({}, { token: 'ghp_wrong' }), '401', 'token');
  });
  test('a token without the scope', async () => {
    expectError(await run({ tokens: { [TOKEN]: { scopes: ['repo'] } } }), 'read:enterprise', 'repo');
  });
  test('a wrong slug, with a token whose scopes suffice', async () => {
    expectError(await run({}, { enterprise: 'acme-typo' }), 'no enterprise `acme-typo`');
  });
  test('a token that is not authorized for SAML single sign-on, with the URL to do it', async () => {
    expectError(await run({ faults: [{ kind: '403-sso' }] }), 'SAML', 'https://');
  });
  test.each([
    [
      'the web host of api-url',
      (host: string) => `https://${host}/enterprises/acme/sso?authorization_request=A_B`,
    ],
    ['any other host', () => 'https://github.com/enterprises/acme/sso?authorization_request=A_B'],
  ])('single sign-on: the address on %s is a link where it is that of GitHub', async (place, addressOn) => {
    const overrides: Record<string, Override> = {};
    const github = await startGitHub({ seats: 5, now: NOW, kind: 'server', overrides });
    const address = addressOn(new URL(github.url).host);
    overrides['enterprise/settings/license'] = {
      status: 403,
      headers: { 'x-github-sso': `required; url=${address}` },
      body: { message: 'Resource protected' },
    };
    const result = await report(github, { formats: 'html' });
    const links = [...new MarkdownIt({ html: true }).render(result.summary).matchAll(/href="([^"]*)"/g)];
    const addresses = links.map(([, link = '']) => decodeURIComponent(link));
    expect(addresses.filter((link) => link.includes('sso'))).toEqual(
      place === 'any other host' ? [] : [address],
    );
    expectError(result, address);
  });
  test('with 403', async () => {
    expectError(
      await run({ faults: [{ kind: '403', message: 'Must be an enterprise owner' }] }),
      '403',
      'Must be an enterprise owner',
    );
  });
  test('with 403, and with redact-key nothing of its words is repeated', async () => {
    const faults = [{ kind: '403' as const, message: 'Mona Lisa must be an owner' }];
    const result = await run({ faults }, { 'redact-key': 'k'.repeat(40), report: 'all' });
    expectError(result, '403', 'an owner');
    expect(result.log + result.summary).not.toMatch(/Mona|GitHub says/);
  });
  test('a kind of token', async () => {
    expectError(await run({}, { token: 'ghs_installation' }), 'an installation token of a GitHub App');
  });
  test('with 410', async () => {
    expectError(await run({ faults: [{ kind: '410' }] }), '410');
  });
  test('with 422', async () => {
    expectError(await run({ faults: [{ kind: '422' }] }), '422');
  });
  test('an API version', async () => {
    expectError(await run({}, { 'api-version': '1999-01-01' }), 'api-version');
  });
});

describe.concurrent('nothing answers as GitHub would', () => {
  test("an answer that is not GitHub's", async () => {
    expectError(await run({ faults: [{ kind: 'not-github' }] }), 'api-url');
  });
  test('a redirect to another host never takes the token there', async () => {
    const other = await startGitHub({ now: NOW });
    const result = await run({
      faults: [{ kind: 'redirect', location: `${other.url}/enterprises/acme/consumed-licenses` }],
    });
    expectError(result, 'api-url');
    expect(other.requests).toEqual([]);
  });
  test('no such host', async () => {
    const nowhere = { url: 'https://github.invalid/api/v3', clock: { now: NOW, speed: 10 } };
    const result = await report(nowhere);
    expectError(result, 'github.invalid', 'api-url');
  }, 90_000);
});

describe('wrong inputs', () => {
  test('all problems are reported together, before any request', async () => {
    const github = await startGitHub({ now: NOW });
    const result = await report(github, {
      token: '',
      enterprise: '',
      fail_on: 'seats-over: above 5',
      'warn-on': 'seats-over: >5',
      concurrency: '1000',
    });
    expectError(
      result,
      'token',
      'enterprise',
      'fail_on',
      'Did you mean "fail-on"?',
      'write "above 5"',
      'concurrency',
    );
    expect(github.requests).toEqual([]);
    expect(result.outputs).toMatchObject({ breaches: '[]', metrics: '{}', files: '', 'seats-over': '' });
  });

  test('what may be secret in api-url stands nowhere', async () => {
    for (const url of ['https://me:hunter2@acme.invalid', 'acme.invalid?hunter2', 'ftp://me:hunter2@']) {
      using result = await runAction(
        { token: TOKEN, enterprise: 'acme', 'api-url': url },
        { clock: { now: NOW } },
      );
      expectError(result, 'Input `api-url` has');
      expect(result.log + result.summary + JSON.stringify(result.outputs)).not.toMatch(/hunter2|me:/);
    }
  });

  test('without any input', async () => {
    using result = await runAction({}, { clock: { now: NOW } });
    expectError(result, '`token` is missing', '`enterprise` is missing');
  });
});

test('a gate on what GitHub did not deliver is an error for fail-on and a warning for warn-on', async () => {
  const overrides = { 'consumed-licenses': { body: { users: [] } } };
  const failed = await run({ overrides }, { 'fail-on': 'seats-available: below 0' });
  expectError(failed, 'seats-available has no value', 'total_seats_purchased');
  const warned = await run({ overrides }, { 'warn-on': 'seats-available: below 0' });
  expect(warned.exitCode).toBe(0);
  expect(warned.outputs.status).toBe('warn');
  expect(warned.log).toContain('::warning::seats-available has no value');
});
