import { describe, expect, it } from 'vitest';
import { excerpt } from '../../src/github/errors.ts';
import { type Attempted, explainBody, explainReply } from '../../src/github/explain.ts';
import { explainNetwork } from '../../src/github/network.ts';
import { TimeLimitError } from '../../src/github/time-limits.ts';
import { scopesOf } from '../../src/github/token.ts';
import type { Reply } from '../../src/github/transport.ts';
import { ACCESS, reply } from './scripted.ts';

const TOKEN = 'ghp_0123456789';
const about = (more: Partial<Attempted> = {}): Attempted => ({
  what: 'GET /enterprises/acme/consumed-licenses (page 1)',
  access: ACCESS,
  attempts: 1,
  quotesGitHub: true,
  apiUrl: 'https://api.github.test',
  apiVersion: '2022-11-28',
  token: TOKEN,
  ...more,
});
const BILLING = about({
  what: 'GET /enterprises/acme/settings/billing/usage',
  access: { ...ACCESS, scope: 'manage_billing:enterprise', role: 'an owner or billing manager' },
});
const scopes = (has: string, needs?: string) => ({
  'x-oauth-scopes': has,
  ...(needs !== undefined && { 'x-accepted-oauth-scopes': needs }),
});
const NOT_FOUND = { message: 'Not Found' };

const REPLIES: [string, Reply, Attempted, string, string][] = [
  [
    'a wrong token',
    reply(401, { message: 'Bad credentials' }),
    about(),
    'unauthorized',
    'GitHub answered 401 to GET /enterprises/acme/consumed-licenses (page 1): the token is wrong, expired or revoked. ' +
      'GitHub says: “Bad credentials”. Put a valid personal access token (classic) into the `token` input; ' +
      'GITHUB_TOKEN never works for an enterprise.',
  ],
  [
    'a missing scope',
    reply(404, NOT_FOUND, scopes('repo, manage_billing:enterprise', 'admin:enterprise, read:enterprise')),
    about(),
    'scope',
    'GitHub answered 404 to GET /enterprises/acme/consumed-licenses (page 1): the token lacks the scope ' +
      'admin:enterprise or read:enterprise (it has repo, manage_billing:enterprise). GitHub says: “Not Found”. ' +
      'Add one of them to the token, or use another token.',
  ],
  [
    'a token without any scope',
    reply(403, {}, scopes('', 'manage_billing:enterprise')),
    BILLING,
    'scope',
    'GitHub answered 403 to GET /enterprises/acme/settings/billing/usage: the token lacks the scope ' +
      'manage_billing:enterprise (it has none). Add it to the token, or use another token.',
  ],
  [
    'a wrong slug or role',
    reply(404, NOT_FOUND, scopes('admin:enterprise', 'read:enterprise')),
    about(),
    'not-found',
    "GitHub answered 404 to GET /enterprises/acme/consumed-licenses (page 1): the token's scopes are sufficient, so " +
      "either there is no enterprise `acme`, or the token's owner is not an owner of it. GitHub says: “Not Found”. " +
      'Check the `enterprise` input (the last part of https://github.com/enterprises/SLUG) and the role of the ' +
      "token's owner.",
  ],
  [
    'a 404 that does not say which',
    reply(404, NOT_FOUND),
    BILLING,
    'not-found',
    'GitHub answered 404 to GET /enterprises/acme/settings/billing/usage: either there is no enterprise `acme`, or ' +
      "the token's owner is not an owner or billing manager of it, or the token has no right to read it (classic " +
      'tokens need the scope manage_billing:enterprise). GitHub says: “Not Found”. Check the `enterprise` input (the ' +
      "last part of https://github.com/enterprises/SLUG) and the role of the token's owner.",
  ],
  [
    'a 403 although the scopes suffice',
    reply(403, { message: 'Must be an owner.' }, scopes('read:enterprise', 'read:enterprise')),
    about(),
    'forbidden',
    "GitHub answered 403 to GET /enterprises/acme/consumed-licenses (page 1): the token's scopes are sufficient, so " +
      "the token's owner is not an owner of it. GitHub says: “Must be an owner.”. Check the `enterprise` input (the " +
      "last part of https://github.com/enterprises/SLUG) and the role of the token's owner.",
  ],
  [
    'missing SAML authorization',
    reply(
      403,
      { message: 'Resource protected by organization SAML enforcement.' },
      {
        'x-github-sso': 'required; url=https://github.com/enterprises/acme/sso?authorization_request=abc',
      },
    ),
    about(),
    'sso',
    'GitHub answered 403 to GET /enterprises/acme/consumed-licenses (page 1): the token is not authorized for SAML ' +
      'single sign-on. Authorize it at https://github.com/enterprises/acme/sso?authorization_request=abc and run again.',
  ],
  [
    'missing SAML authorization with a link that is none',
    reply(403, {}, { 'x-github-sso': 'required; url=javascript:alert(1)' }),
    about(),
    'sso',
    'GitHub answered 403 to GET /enterprises/acme/consumed-licenses (page 1): the token is not authorized for SAML ' +
      'single sign-on. Authorize it under "Configure SSO" in the settings of the token and run again.',
  ],
  [
    'an endpoint that is gone',
    reply(410, { message: 'This endpoint has been moved.' }, scopes('', 'manage_billing:enterprise')),
    BILLING,
    'gone',
    'GitHub answered 410 to GET /enterprises/acme/settings/billing/usage: GitHub has retired this part of its API. ' +
      'GitHub says: “This endpoint has been moved.”. No token can change that; see whether a newer version of this ' +
      'action, or another `api-version`, offers the numbers.',
  ],
  [
    'an unsupported API version',
    reply(400, { message: 'API version 2019-01-01 is not a supported version' }),
    about({ apiVersion: '2019-01-01' }),
    'invalid',
    'GitHub answered 400 to GET /enterprises/acme/consumed-licenses (page 1): it does not know the API version ' +
      '2019-01-01. GitHub says: “API version 2019-01-01 is not a supported version”. Set the `api-version` input to ' +
      'one that it supports, such as 2022-11-28, or to `none`.',
  ],
  [
    'a request that is refused as invalid',
    reply(422, {
      message: 'Validation Failed',
      errors: [{ message: 'year is too old' }, 'and so on', { code: 1 }],
    }),
    BILLING,
    'invalid',
    'GitHub answered 422 to GET /enterprises/acme/settings/billing/usage: it does not accept the request. GitHub says: ' +
      '“Validation Failed: year is too old: and so on”. Check the inputs; with an older Enterprise Server, set ' +
      '`api-version` to `none`.',
  ],
  [
    'trouble at GitHub',
    reply(502, '<html>Unicorn</html>', { 'content-type': 'text/html' }),
    about({ attempts: 5 }),
    'server',
    'GitHub answered 502 to GET /enterprises/acme/consumed-licenses (page 1) after 5 attempts: it has trouble of its ' +
      'own. Run again later; https://www.githubstatus.com tells when GitHub itself is down.',
  ],
  [
    'a redirect',
    reply(301, '', { location: 'https://elsewhere.test/x?token=1' }),
    about(),
    'not-github',
    'The answer to GET /enterprises/acme/consumed-licenses (page 1) redirects to https://elsewhere.test/x, which is ' +
      'not followed because the token would go along. Check the `api-url` input.',
  ],
  [
    'a redirect, where people are pseudonyms',
    reply(302, '', { location: 'https://mona@elsewhere.test:8443/users/mona?token=1' }),
    about({ quotesGitHub: false }),
    'not-github',
    'The answer to GET /enterprises/acme/consumed-licenses (page 1) redirects to elsewhere.test:8443, which is not ' +
      'followed because the token would go along. Check the `api-url` input.',
  ],
  [
    'a redirect to no host, where people are pseudonyms',
    reply(302, '', { location: 'mailto:mona@elsewhere.test' }),
    about({ quotesGitHub: false }),
    'not-github',
    'The answer to GET /enterprises/acme/consumed-licenses (page 1) redirects to nowhere, which is not ' +
      'followed because the token would go along. Check the `api-url` input.',
  ],
  [
    'a web page',
    reply(404, '<!DOCTYPE html><title>Not here', { 'content-type': 'text/html; charset=utf-8' }),
    about(),
    'not-github',
    "The answer to GET /enterprises/acme/consumed-licenses (page 1) (404) is a web page and none of GitHub's REST API. " +
      'Check the `api-url` input (such as https://api.github.com, https://api.SUBDOMAIN.ghe.com or ' +
      'https://HOST/api/v3), and that no proxy is in the way.',
  ],
];

describe('an answer is explained', () => {
  it.each(REPLIES)('%s', (_, answer, request, kind, message) => {
    expect(explainReply(answer, request)).toMatchObject({ kind, message, status: answer.status });
  });

  it('with the request id and the version of the server', () => {
    const error = explainReply(
      reply(404, {}, { 'x-github-request-id': 'AB:12', 'x-github-enterprise-version': '3.18.1' }),
      about(),
    );
    expect(error).toMatchObject({ requestId: 'AB:12', serverVersion: '3.18.1' });
    expect(error.message).toContain(
      'This host is a GitHub Enterprise Server, which does not have every part',
    );
  });

  it("with GitHub's text on one line, short, and without the token or characters that mislead", () => {
    const said = `::error::\r\n\u001b[31m${TOKEN} \u202eevil\u0000 ${'x'.repeat(10_000)}`;
    const { message } = explainReply(reply(422, { message: said }), about());
    expect(message).toContain('“::error:: [31m*** evil xxxx');
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(message).not.toContain(TOKEN);
    expect(message.length).toBeLessThan(600);
  });

  it('whatever the body and the headers are', () => {
    for (const body of [
      null,
      undefined,
      '',
      'text',
      7,
      [],
      { message: 7 },
      { errors: [null, 3] },
      new ArrayBuffer(2),
    ]) {
      for (const status of [300, 400, 401, 403, 404, 410, 418, 422, 500]) {
        const error = explainReply(
          { status, body, headers: { location: '::', 'x-github-sso': 'required; url=' } },
          about(),
        );
        expect(error.message).not.toMatch(/undefined|null|NaN|\[object/);
      }
    }
  });
});

describe('a token of a kind that GitHub does not take', () => {
  const INTEGRATION = { message: 'Resource not accessible by integration' };
  const PERSONAL = { message: 'Resource not accessible by personal access token' };
  const USE =
    'Put a personal access token (classic) with the scope read:enterprise, of an owner of the enterprise, into the ' +
    '`token` input.';

  it.each([
    [403, 'ghs_x', INTEGRATION, 'an installation token of a GitHub App (ghs_…), as GITHUB_TOKEN is one'],
    [404, 'ghs_x', NOT_FOUND, 'an installation token of a GitHub App (ghs_…), as GITHUB_TOKEN is one'],
    [401, 'ghs_x', {}, 'an installation token of a GitHub App (ghs_…), as GITHUB_TOKEN is one'],
    [403, 'github_pat_x', PERSONAL, 'a fine-grained personal access token (github_pat_…)'],
    [404, 'github_pat_x', NOT_FOUND, 'a fine-grained personal access token (github_pat_…)'],
    [404, 'ghu_x', NOT_FOUND, 'a token that a GitHub App got for a user (ghu_…)'],
    [404, 'gho_x', NOT_FOUND, 'a token that an OAuth app got for a user (gho_…)'],
    [403, 'unknown', INTEGRATION, 'an installation token of a GitHub App (ghs_…), as GITHUB_TOKEN is one'],
    [403, 'unknown', PERSONAL, 'a fine-grained personal access token (github_pat_…)'],
  ])('is named, with what to use instead: %i for %s', (status, token, body, kind) => {
    const { kind: failure, message } = explainReply(reply(status, body), about({ token }));
    expect(failure).toBe('token-kind');
    expect(message).toContain(`the token is ${kind}, which GitHub does not take for it.`);
    expect(message).toContain(USE);
    expect(message.includes('check the `enterprise` input')).toBe(status === 404);
  });

  it('is told of the permission for apps where there is one', () => {
    const access = { ...BILLING.access, appPermission: 'Enterprise billing: read' };
    const { message } = explainReply(reply(403, INTEGRATION), { ...BILLING, access, token: 'ghs_x' });
    expect(message).toContain('with the permission Enterprise billing: read; GITHUB_TOKEN cannot.');
    expect(explainReply(reply(403, PERSONAL), { ...BILLING, access }).message).not.toContain(
      'Enterprise billing',
    );
  });

  it('lacks a scope or an authorization before all else', () => {
    const oauth = about({ token: 'gho_x' });
    expect(explainReply(reply(404, NOT_FOUND, scopes('repo', 'read:enterprise')), oauth).kind).toBe('scope');
    const sso = { 'x-github-sso': 'required; url=https://github.com/sso' };
    expect(explainReply(reply(403, {}, sso), oauth).kind).toBe('sso');
  });

  it('is not said of a classic one', () => {
    expect(explainReply(reply(403, { message: 'Must be an owner.' }), about()).kind).toBe('forbidden');
  });
});

it.each([401, 403, 404, 410, 422, 500])(
  '%i repeats nothing that GitHub says where people are pseudonyms',
  (status) => {
    const said = reply(status, { message: 'Mona may not', errors: ['because of Lisa'] });
    const { message } = explainReply(said, about({ quotesGitHub: false }));
    expect(message).not.toMatch(/Mona|Lisa|GitHub says/);
  },
);

describe('a body is explained', () => {
  it.each([
    ['', new SyntaxError('Unexpected end'), 'it is empty'],
    ['{"users":[', new SyntaxError('Unexpected end'), 'it is no complete JSON'],
    [
      '{}',
      new Error(`users: expected an array\n${TOKEN}`),
      'it is not what it should be (users: expected an array ***)',
    ],
  ])('%j', (body, cause, why) => {
    const error = explainBody(reply(200, body), cause, about({ attempts: 5 }));
    expect(error.kind).toBe('unreadable');
    expect(error.message).toBe(
      `GitHub's answer to GET /enterprises/acme/consumed-licenses (page 1) could not be read after 5 attempts: ${why}. ` +
        'Nothing was left out instead: run again, and see https://www.githubstatus.com if it stays.',
    );
  });
});

describe('no answer is explained', () => {
  const thrown = (code: string, message: string) =>
    Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(message), { code }) });
  it.each([
    [
      'ENOTFOUND',
      'getaddrinfo ENOTFOUND api.github.test',
      'dns',
      /could not be resolved \(getaddrinfo.*`api-url` input \(api\.github\.test\)/,
    ],
    [
      'SELF_SIGNED_CERT_IN_CHAIN',
      'self-signed certificate in certificate chain',
      'tls',
      /private authority, set NODE_EXTRA_CA_CERTS/,
    ],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify', 'tls', /NODE_EXTRA_CA_CERTS/],
    [
      'CERT_HAS_EXPIRED',
      'certificate has expired',
      'tls',
      /has expired: the host, or a proxy in between, must renew/,
    ],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'altname', 'tls', /for another name: check the `api-url`/],
    ['ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1', 'network', /api\.github\.test refuses connections/],
    [
      'ECONNRESET',
      'read ECONNRESET',
      'network',
      /broke or could not be made \(ECONNRESET: read ECONNRESET\)/,
    ],
  ])('%s', (code, message, kind, expected) => {
    const error = explainNetwork(thrown(code, message), about());
    expect(error.kind).toBe(kind);
    expect(error.message).toMatch(expected);
    expect(error.message).toMatch(/^GET \/enterprises\/acme\/consumed-licenses \(page 1\) got no answer: /);
  });

  it.each([
    ['headers', 60_000, 'nothing came within 60 seconds, connecting included.'],
    ['chunk', 30_000, 'it began, and then nothing came for 30 seconds.'],
    ['attempt', 300_000, 'it was not complete after 5 minutes.'],
    ['request', 600_000, 'it was not complete after 10 minutes, repetitions and waits included.'],
  ] as const)('the time limit for %s', (limit, milliseconds, why) => {
    const error = explainNetwork(new TimeLimitError(limit, milliseconds), about({ attempts: 5 }));
    expect(error.kind).toBe('network');
    expect(error.message).toContain(`got no answer after 5 attempts: ${why} Run again later`);
  });

  it('several refused addresses', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED ::1:1'), { code: 'ECONNREFUSED' });
    const error = new TypeError('fetch failed', { cause: new AggregateError([refused, refused]) });
    expect(explainNetwork(error, about()).message).toContain('refuses connections');
  });

  it('without the token, in the message as in the cause', () => {
    const error = explainNetwork(new TypeError(`"token ${TOKEN}" is an invalid header value`), about());
    expect(error.message).toContain('token ***');
    expect(error.cause).toBeUndefined();
  });

  it('with what was thrown as its cause', () => {
    const cause = thrown('ECONNRESET', 'x');
    expect(explainNetwork(cause, about()).cause).toBe(cause);
  });
});

describe('scopes', () => {
  it.each([
    ['read:enterprise', 'read:enterprise', true],
    ['repo, admin:enterprise', 'read:enterprise', true],
    ['admin:enterprise', 'manage_billing:enterprise', true],
    ['manage_billing:enterprise', 'read:enterprise', false],
    ['manage_billing:enterprise', 'admin:enterprise, manage_billing:enterprise', true],
    ['admin:org', 'read:org', true],
    ['', 'read:enterprise', false],
    ['repo', '', undefined],
  ])('%j where any of %j is needed: %s', (has, needs, suffice) => {
    expect(scopesOf(scopes(has, needs))?.suffice).toBe(suffice);
  });

  it('are unknown for tokens that have none', () => {
    expect(scopesOf({ 'x-accepted-oauth-scopes': 'repo' })).toBeUndefined();
  });
});

describe('a quotation', () => {
  it('is cut at whole characters', () => {
    expect(excerpt('😀'.repeat(20), '', 5)).toBe('😀😀😀😀…');
    expect(excerpt('12345', '', 5)).toBe('12345');
  });
});

it('says what GitHub says without anyone’s address', () => {
  const message = 'user Mona Lisa <mona@example.com> may not';
  const error = explainReply(reply(422, { message, errors: ['mona@example.com'] }), about());
  expect(error.message).toContain('GitHub says: “user Mona Lisa …@… may not: …@…”');
});

it('names the field of an answer that does not fit without anyone’s address', () => {
  const cause = new TypeError('minutes_used_breakdown.mona@example.com is no number');
  expect(explainBody(reply(200, {}), cause, about()).message).toContain('(…@… is no number)');
});
