/** What went wrong between us and GitHub, and what the reader can do about it. */
import { ExplainedError } from '../common/documents.ts';
import { oneLine } from '../common/text.ts';

export type FailureKind =
  | 'unauthorized' // 401
  | 'sso' // 403 with x-github-sso
  | 'scope' // 404 or 403, and the token's scopes show that one is missing
  | 'token-kind' // 404, 403 or 401, and the token is of a kind that GitHub does not take here
  | 'not-found' // 404 otherwise
  | 'forbidden' // 403 otherwise
  | 'gone' // 410
  | 'invalid' // 400, 422
  | 'rate-limited'
  | 'server' // 5xx after all retries
  | 'unreadable' // 200, and a body that is empty, cut off or of the wrong shape after all retries
  | 'too-long' // 200, and a body that no text can hold
  | 'not-github' // an answer that no GitHub gives: HTML, a redirect
  | 'dns'
  | 'tls'
  | 'proxy' // the proxy wants a login, or does not allow the host
  | 'network';

/** A request that could not be done. Its message is what the user reads: what failed, why, and the remedy. */
export class GitHubError extends ExplainedError {
  readonly kind: FailureKind;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  /** The `x-github-enterprise-version` of the answer: an Enterprise Server spoke. */
  readonly serverVersion: string | undefined;
  /** Whether GitHub says that the token has a scope which it accepts; `undefined` when it does not say. */
  readonly scopesSuffice: boolean | undefined;

  constructor(
    kind: FailureKind,
    message: string,
    details: {
      status?: number;
      requestId?: string;
      serverVersion?: string;
      scopesSuffice?: boolean;
      cause?: unknown;
    } = {},
  ) {
    super(kind, message, details.cause);
    this.kind = kind;
    this.status = details.status;
    this.requestId = details.requestId;
    this.serverVersion = details.serverVersion;
    this.scopesSuffice = details.scopesSuffice;
  }

  /** The same failure in other words. */
  reworded(message: string): GitHubError {
    const { kind, status, requestId, serverVersion, scopesSuffice } = this;
    return new GitHubError(kind, message, {
      ...(status !== undefined && { status }),
      ...(requestId !== undefined && { requestId }),
      ...(serverVersion !== undefined && { serverVersion }),
      ...(scopesSuffice !== undefined && { scopesSuffice }),
      cause: this,
    });
  }
}

/**
 * An Enterprise Server answered 404, which it does for what it does not have. Whatever the answer says of the token's
 * scopes, no scope would help then.
 */
export const isMissingOnServer = (error: unknown): error is GitHubError =>
  error instanceof GitHubError && error.status === 404 && error.serverVersion !== undefined;

/** What is left of text from outside when it may stand in a message: one line, short, and without the token. */
export function excerpt(value: unknown, token: string, limit = 300): string {
  return oneLine(token === '' ? String(value) : String(value).replaceAll(token, '***'), limit);
}

/** However the @ is written. */
export const withoutEmails = (text: string): string =>
  text.replace(/[^\s:]{1,200}(?:[@\uFE6B\uFF20]|%40)[^\s:]+/gi, '…@…');

/** GitHub's own explanation in an error's body, or ''. */
export function githubMessage(body: unknown, token: string): string {
  if (typeof body !== 'object' || body === null) return '';
  const { message, errors } = body as { message?: unknown; errors?: unknown };
  const details = Array.isArray(errors)
    ? errors
        .map((error) => (typeof error === 'string' ? error : error?.message))
        .filter((text) => typeof text === 'string')
    : [];
  const said = [message, ...details].filter((text) => typeof text === 'string' && text !== '').join(': ');
  return excerpt(withoutEmails(said), token);
}
