/** One request: attempts within limits, until one delivers what was asked for or there is no point in another. */
import { excerpt, GitHubError } from './errors.ts';
import { type Attempted, explainBody, explainReply } from './explain.ts';
import { duration, retryAfter } from './limits/limit.ts';
import type { Limiter } from './limits/limiter.ts';
import { explainNetwork, isSilence } from './network.ts';
import { type Access, type Links, parseLinks } from './resource.ts';
import type { Retries } from './retry.ts';
import { attemptWithin, type TimeLimits } from './time-limits.ts';
import type { Reply, Send } from './transport.ts';

/** What all requests of a run share. */
export interface Line {
  readonly send: Send;
  readonly limiter: Limiter;
  readonly retries: Retries;
  readonly timeLimits: TimeLimits;
  readonly debug: (line: string) => void;
  /** Told of every reply, whatever its status. */
  readonly recordReply: (reply: Reply) => void;
  readonly host: Pick<Attempted, 'apiUrl' | 'apiVersion' | 'token' | 'quotesGitHub'>;
}

export interface Request<T> {
  /** With its query. */
  readonly path: string;
  readonly access: Access;
  /** The request in words; asked for when it is needed, because the number of pages becomes known late. */
  readonly describe: () => string;
  /** Makes the answer out of the parsed body; whatever it throws means that the answer is not what it should be. */
  readonly accept: (body: unknown, links: Links) => T;
  readonly signal?: AbortSignal;
}

interface Failure {
  readonly error: GitHubError;
  /** For the debug log. */
  readonly why: unknown;
  /** Milliseconds that the server asks to wait. */
  readonly retryAfter?: number | undefined;
  /** Nothing at all came within the time limit. */
  readonly silent?: boolean;
}

/** Resolves with an accepted answer. Throws a GitHubError, or the reason of the signal. */
export async function request<T>(line: Line, wanted: Request<T>): Promise<T> {
  const { retries, limiter, timeLimits } = line;
  let since: number | undefined;
  let silences = 0;
  let spent = 0;
  for (let attempt = 1; ; attempt += 1) {
    let begun = 0;
    const begin = () => {
      begun = Date.now();
      since ??= begun;
    };
    const result = await tryOnce(line, wanted, { number: attempt, left: timeLimits.request - spent, begin });
    if ('answer' in result) {
      retries.recordAnswer();
      return result.answer;
    }
    const { error, why } = result;
    spent += Date.now() - begun;
    silences += result.silent ? 1 : 0;
    const wait = retries.waitBefore(attempt + 1, error, {
      since: since ?? begun,
      silences,
      requests: limiter.requestsSent,
      retryAfter: result.retryAfter,
    });
    line.debug(
      `${wanted.describe()}: attempt ${attempt} failed: ${excerpt(why, line.host.token)}` +
        `${error.requestId === undefined ? '' : `, request ${error.requestId}`}` +
        `${wait === undefined ? '' : `, next in ${Math.round(wait)} ms`}`,
    );
    if (wait === undefined || spent >= timeLimits.request) throw error;
    if (spent + wait >= timeLimits.request) {
      const limit = duration(timeLimits.request);
      throw error.reworded(`${error.message} It was not tried again, because a request may take ${limit}.`);
    }
    await sleep(wait, wanted.signal);
    spent += wait;
  }
}

/** One attempt. `begin` is called when it is sent; `left` is what its request may still take, milliseconds. */
async function tryOnce<T>(
  { send, limiter, timeLimits, recordReply, host }: Line,
  { path, access, describe, accept, signal }: Request<T>,
  { number, left, begin }: { number: number; left: number; begin: () => void },
): Promise<{ readonly answer: T } | Failure> {
  const attempted = (): Attempted => ({ ...host, access, what: describe(), attempts: number });
  const transmit = () => {
    begin();
    return attemptWithin(timeLimits, left, signal, (ends, heard) => send(path, ends, heard));
  };
  let reply: Reply;
  try {
    reply = await limiter.run(transmit, { signal, urgent: number > 1 });
  } catch (thrown) {
    signal?.throwIfAborted();
    if (thrown instanceof GitHubError) throw thrown;
    return { error: explainNetwork(thrown, attempted()), why: thrown, silent: isSilence(thrown) };
  }
  recordReply(reply);
  const failure = (error: GitHubError): Failure => ({
    error,
    why: error.status ?? error.kind,
    retryAfter: retryAfter(reply.headers, Date.now()),
  });
  if (reply.status < 200 || reply.status >= 300) return failure(explainReply(reply, attempted()));
  try {
    return { answer: accept(JSON.parse(reply.body as string), parseLinks(reply.headers.link)) };
  } catch (cause) {
    return failure(explainBody(reply, cause, attempted()));
  }
}

/** Waits, and rejects with the signal's reason as soon as it aborts. */
function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
