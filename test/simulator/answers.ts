/** Answers as GitHub words them. */
import { gzipSync } from 'node:zlib';

export type Headers = Readonly<Record<string, string>>;

export interface Answer {
  readonly status: number;
  readonly headers?: Headers;
  readonly body: Buffer;
  /** What happens to the connection instead of a whole answer. */
  readonly connection?: 'reset' | 'reset-body' | 'hang';
  /** GitHub's own headers are left out: something else answered. */
  readonly foreign?: true;
}

export const json = (status: number, body: unknown, headers: Headers = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: Buffer.from(JSON.stringify(body)),
});

export const html = (status: number, title: string, body = title): Answer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: Buffer.from(
    `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${body}</h1></body></html>\n`,
  ),
});

const DOCS = 'https://docs.github.com/rest';

/** GitHub's error body: the status is in it as text. */
export const problem = (status: number, message: string, headers: Headers = {}, docs = DOCS): Answer =>
  json(status, { message, documentation_url: docs, status: String(status) }, headers);

export const badCredentials = () => problem(401, 'Bad credentials');
export const notFound = (headers: Headers = {}) => problem(404, 'Not Found', headers);
export const gone = () =>
  problem(
    410,
    'This endpoint has been moved. Please use the new billing platform endpoints.',
    {},
    'https://gh.io/billing-api-updates-org',
  );

export const samlRequired = (slug: string) =>
  problem(
    403,
    'Resource protected by organization SAML enforcement. You must grant your Personal Access token access to an organization within this enterprise.',
    {
      'x-github-sso': `required; url=https://github.com/enterprises/${slug}/sso?authorization_request=AAAAAAAAAAAA`,
    },
    'https://docs.github.com/articles/authenticating-to-a-github-organization-with-saml-single-sign-on/',
  );

export const primaryLimit = () =>
  problem(
    403,
    'API rate limit exceeded for user ID 1. If you reach out to GitHub Support for help, please include the request ID.',
    {},
    'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api',
  );

export const secondaryLimit = (status: 403 | 429, retryAfter: string | undefined) =>
  problem(
    status,
    'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to GitHub Support for help, please include the request ID.',
    retryAfter === undefined ? {} : { 'retry-after': retryAfter },
    'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits',
  );

const compressed = new WeakMap<Buffer, Buffer>();

/** The body compressed, once. */
export function gzipped(body: Buffer): Buffer {
  const known = compressed.get(body) ?? gzipSync(body);
  compressed.set(body, known);
  return known;
}
