/** Errors → the sentences that people read, and what only a debugger wants. */
import { ExplainedError } from './explained-error.ts';
import { GitHubError } from './github/errors.ts';

/** What the user reads. */
export function explain(error: unknown): string {
  if (error instanceof ExplainedError) return error.message;
  const message = error instanceof Error ? error.message : String(error);
  return `Unexpected error: ${message}. This is a fault of the action: please report it, with the log of a run with debug logging.`;
}

/** For the debug log: the request id, the stack and every cause. */
export function debugLines(error: unknown): string[] {
  const lines: string[] = [];
  for (let current = error; current !== undefined && lines.length < 10; ) {
    if (current instanceof GitHubError && current.requestId) lines.push(`request id: ${current.requestId}`);
    lines.push(current instanceof Error ? (current.stack ?? current.message) : String(current));
    current = current instanceof Error ? current.cause : undefined;
  }
  return lines;
}
