/** Turns an answer that is no use into the message that the user reads: what failed, why, and the remedy. */
import { excerpt, type FailureKind, GitHubError, githubMessage, withoutEmails } from './errors.ts';
import type { Access } from './resource.ts';
import { explainTokenKind, scopesOf, tokenKind } from './token.ts';
import type { Reply } from './transport.ts';

/** The request that failed, as far as messages need it. */
export interface Attempted {
  /** In words, such as `GET /enterprises/acme/consumed-licenses (page 3 of 9)`. */
  readonly what: string;
  readonly access: Access;
  /** How many times it has been tried. */
  readonly attempts: number;
  readonly apiUrl: string;
  readonly apiVersion: string | undefined;
  readonly token: string;
  /** Whether GitHub's own words may be repeated. */
  readonly quotesGitHub: boolean;
}

/** Of the Enterprise Server that answered. */
export function serverVersion({ headers }: Reply): string | undefined {
  const version = headers['x-github-enterprise-version'];
  return version === undefined ? undefined : excerpt(version, '', 30);
}

type Explanation = readonly [FailureKind, string];

const looksLikeHtml = ({ headers, body }: Reply): boolean =>
  /\bx?html\b/i.test(String(headers['content-type'] ?? '')) ||
  (typeof body === 'string' && /^\s*<(!doctype|html|head|body|\?xml)/i.test(body));

/** `after 5 attempts`, or nothing after the first. */
export const afterAttempts = ({ attempts }: Attempted): string =>
  attempts > 1 ? ` after ${attempts} attempts` : '';

/** Why an answer other than 2xx, or one of 2xx that is a web page, was no use. */
export function explainReply(reply: Reply, attempted: Attempted): GitHubError {
  const [kind, message] = diagnose(reply, attempted);
  return failure(kind, message, reply);
}

/** Why the body of a 2xx could not be used; `cause` is what the reading of it threw. */
export function explainBody(reply: Reply, cause: unknown, attempted: Attempted): GitHubError {
  if (looksLikeHtml(reply)) return explainReply(reply, attempted);
  const what =
    reply.body === ''
      ? 'it is empty'
      : cause instanceof SyntaxError
        ? 'it is no complete JSON'
        : `it is not what it should be (${excerpt(withoutEmails(String(cause instanceof Error ? cause.message : cause)), attempted.token)})`;
  return failure(
    'unreadable',
    `GitHub's answer to ${attempted.what} could not be read${afterAttempts(attempted)}: ${what}. ` +
      'Nothing was left out instead: run again, and see https://www.githubstatus.com if it stays.',
    reply,
    cause,
  );
}

function failure(kind: FailureKind, message: string, reply: Reply, cause?: unknown): GitHubError {
  const { status, headers } = reply;
  const version = serverVersion(reply);
  const scopesSuffice = scopesOf(headers)?.suffice;
  const requestId = headers['x-github-request-id'];
  return new GitHubError(kind, message, {
    status,
    ...(requestId !== undefined && { requestId: excerpt(requestId, '', 100) }),
    ...(version !== undefined && { serverVersion: version }),
    ...(scopesSuffice !== undefined && { scopesSuffice }),
    cause,
  });
}

function diagnose(reply: Reply, attempted: Attempted): Explanation {
  const { status, headers } = reply;
  const said = githubMessage(reply.body, attempted.token);
  const says = said === '' || !attempted.quotesGitHub ? '' : ` GitHub says: “${said}”.`;
  const answered = `GitHub answered ${status} to ${attempted.what}`;

  if (status >= 300 && status < 400) {
    return [
      'not-github',
      `The answer to ${attempted.what} redirects to ${redirectTarget(headers.location, attempted)}, which is not followed ` +
        'because the token would go along. Check the `api-url` input.',
    ];
  }
  if (status >= 500 || status === 408) {
    return [
      'server',
      `${answered}${afterAttempts(attempted)}: it has trouble of its own.${says} ` +
        'Run again later; https://www.githubstatus.com tells when GitHub itself is down.',
    ];
  }
  if (looksLikeHtml(reply)) {
    return [
      'not-github',
      `The answer to ${attempted.what} (${status}) is a web page and none of GitHub's REST API. Check the \`api-url\` ` +
        'input (such as https://api.github.com, https://api.SUBDOMAIN.ghe.com or https://HOST/api/v3), and that no ' +
        'proxy is in the way.',
    ];
  }
  const unaccepted = explainTokenKind(
    tokenKind(attempted.token, said),
    { answered, says, status },
    attempted.access,
  );
  switch (status) {
    case 401:
      if (unaccepted) return unaccepted;
      return [
        'unauthorized',
        `${answered}: the token is wrong, expired or revoked.${says} Put a valid personal access token (classic) ` +
          'into the `token` input; GITHUB_TOKEN never works for an enterprise.',
      ];
    case 407:
      return ['proxy', `The proxy asks for a login (407) for ${attempted.what}. Check \`https_proxy\`.`];
    case 403:
    case 404:
      return refused(reply, attempted, answered, says, unaccepted);
    case 410:
      return [
        'gone',
        `${answered}: GitHub has retired this part of its API.${says} No token can change that; see whether a newer ` +
          'version of this action, or another `api-version`, offers the numbers.',
      ];
    default:
      return [
        'invalid',
        /api.?version|not a supported version/i.test(said) && attempted.apiVersion !== undefined
          ? `${answered}: it does not know the API version ${attempted.apiVersion}.${says} Set the \`api-version\` input ` +
            'to one that it supports, such as 2022-11-28, or to `none`.'
          : `${answered}: it does not accept the request.${says} Check the inputs; with an older Enterprise Server, ` +
            'set `api-version` to `none`.',
      ];
  }
}

/** 403 and 404: GitHub says 404 for a missing right as well as for a wrong name. */
function refused(
  reply: Reply,
  attempted: Attempted,
  answered: string,
  says: string,
  unaccepted: Explanation | undefined,
): Explanation {
  const sso = /^\s*required\s*;\s*url=(\S+)/i.exec(String(reply.headers['x-github-sso'] ?? ''));
  if (sso) {
    const url = httpsUrl(sso[1]);
    return [
      'sso',
      `${answered}: the token is not authorized for SAML single sign-on. Authorize it ` +
        `${url ? `at ${excerpt(url, attempted.token, 1000)}` : 'under "Configure SSO" in the settings of the token'} and run again.`,
    ];
  }

  const scopes = scopesOf(reply.headers);
  if (scopes?.suffice === false) {
    const needs = scopes.needs.join(' or ');
    return [
      'scope',
      `${answered}: the token lacks the scope ${needs} (it has ${scopes.has.join(', ') || 'none'}).${says} ` +
        `Add ${scopes.needs.length > 1 ? 'one of them' : 'it'} to the token, or use another token.`,
    ];
  }

  if (unaccepted) return unaccepted;
  const { scope, role, enterprise } = attempted.access;
  const wrongSlug =
    enterprise === undefined
      ? 'it is not there'
      : `there is no enterprise \`${excerpt(enterprise, attempted.token, 100)}\``;
  const wrongRole = `the token's owner is not ${role}${enterprise === undefined ? '' : ' of it'}`;
  const check =
    enterprise === undefined
      ? "Check the role of the token's owner."
      : "Check the `enterprise` input (the last part of https://github.com/enterprises/SLUG) and the role of the token's owner.";
  const server =
    serverVersion(reply) === undefined
      ? ''
      : ' This host is a GitHub Enterprise Server, which does not have every part of the API of GitHub Enterprise Cloud.';
  const why =
    scopes?.suffice === true
      ? `the token's scopes are sufficient, so ${status403(reply) ? wrongRole : `either ${wrongSlug}, or ${wrongRole}`}`
      : `${status403(reply) ? wrongRole : `either ${wrongSlug}, or ${wrongRole}`}, or the token ` +
        (scopes
          ? `lacks the scope ${scope} (it has ${scopes.has.join(', ') || 'none'})`
          : `has no right to read it (classic tokens need the scope ${scope})`);
  return [status403(reply) ? 'forbidden' : 'not-found', `${answered}: ${why}.${server}${says} ${check}`];
}

const status403 = (reply: Reply): boolean => reply.status === 403;

function httpsUrl(value: string | undefined): string | undefined {
  const url = URL.parse(value ?? '');
  return url?.protocol === 'https:' ? url.href : undefined;
}

/** Its path may name somebody, which counts for GitHub's own words. */
function redirectTarget(location: unknown, { apiUrl, token, quotesGitHub }: Attempted): string {
  const url = URL.parse(String(location ?? ''), apiUrl);
  if (!url?.host) return 'nowhere';
  return excerpt(quotesGitHub ? url.origin + url.pathname : url.host, token);
}
