/** Errors → the sentences that people read, and what only a debugger wants. */
import { ExplainedError, withAddress } from './common/documents.ts';
import { GitHubError } from './github/errors.ts';
import { webHostOf } from './inputs/api-url.ts';

/** Instead of what JSON.parse says, which quotes the text that it could not read. */
const NO_JSON = 'no complete JSON';

/** What the user reads; it ends with where to read more. */
export function explain(error: unknown): string {
  if (error instanceof ExplainedError) return withAddress(error.message, error.topic);
  const message =
    error instanceof SyntaxError ? NO_JSON : error instanceof Error ? error.message : String(error);
  return withAddress(
    `Unexpected error: ${message}. This is a fault of the action: please report it, with the log of a run with debug logging.`,
    'defect',
  );
}

/**
 * Where the token's owner has to authorize it for single sign-on. Only on GitHub's own web host: the answer may have
 * come from anybody, and named any other.
 */
export function authorizationLinks(error: unknown, apiUrl: string): string[] {
  if (!(error instanceof GitHubError) || error.kind !== 'sso') return [];
  const addresses = error.message.match(/https:\/\/[^\s…]+(?=\s)/g) ?? [];
  return addresses.filter((address) => {
    const url = URL.parse(address);
    return url?.username === '' && url.password === '' && url.host === webHostOf(apiUrl);
  });
}

/** For the debug log: the request id, the stack and every cause. */
export function debugLines(error: unknown): string[] {
  const lines: string[] = [];
  for (let current = error; current !== undefined && lines.length < 10; ) {
    if (current instanceof GitHubError && current.requestId) lines.push(`request id: ${current.requestId}`);
    lines.push(detailOf(current));
    current = current instanceof Error ? current.cause : undefined;
  }
  return lines;
}

function detailOf(error: unknown): string {
  if (error instanceof SyntaxError) return `SyntaxError: ${NO_JSON}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
