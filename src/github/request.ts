/** One resource, however many attempts it takes: limits, retries, and the check of what came. */
import type { Answer } from './client.ts';
import { GitHubError } from './errors.ts';
import { type Attempted, explainBody, explainReply } from './explain.ts';
import type { Limiter, Log } from './limits.ts';
import { type Links, parseLinks } from './links.ts';
import { explainNetwork } from './network.ts';
import { retryAfter } from './refusal.ts';
import type { Retries } from './retry.ts';
import { sleep } from './sleep.ts';
import { quote } from './text.ts';
import type { Reply, Send } from './transport.ts';

export interface Line {
  readonly send: Send;
  readonly limiter: Limiter;
  readonly retries: Retries;
  readonly log: Log;
  /** Told of every reply, whatever its status. */
  readonly learn: (reply: Reply) => void;
  readonly about: Pick<Attempted, 'apiUrl' | 'apiVersion' | 'token'>;
  /** What an attempt may take, milliseconds. */
  readonly timeout: number;
}

export interface Request<T> {
  /** With its query. */
  readonly path: string;
  /** The request in words; asked for when it is needed, because the number of pages becomes known late. */
  readonly what: () => string;
  /** Makes the answer out of the parsed body; whatever it throws means that the answer is not what it should be. */
  readonly accept: (body: unknown, links: Links) => T;
  readonly signal: AbortSignal;
}

/** Resolves with an accepted answer. Throws a GitHubError, or the reason of the signal. */
export async function request<T>(line: Line, { path, what, accept, signal }: Request<T>): Promise<Answer<T>> {
  const { limiter, retries } = line;
  let since = 0;
  let active = 0;
  for (let attempt = 1; ; attempt += 1) {
    let startedAt = 0;
    let reply: Reply | undefined;
    let thrown: unknown;
    let error: GitHubError;
    const about = () => ({ ...line.about, what: what(), path, attempts: attempt });
    try {
      reply = await limiter.run(
        (attemptSignal) => {
          startedAt = Date.now();
          since ||= startedAt;
          return line.send(path, attemptSignal);
        },
        { signal, urgent: attempt > 1 },
      );
    } catch (caught) {
      if (signal.aborted) throw signal.reason;
      if (caught instanceof GitHubError) throw caught;
      thrown = caught;
    }
    active += Date.now() - startedAt;

    if (!reply) {
      error = explainNetwork(thrown, about(), line.timeout);
    } else {
      line.learn(reply);
      if (reply.status < 200 || reply.status >= 300) {
        error = explainReply(reply, about());
      } else {
        try {
          const links = parseLinks(reply.headers.link as string | undefined);
          const data = accept(JSON.parse(reply.body as string), links);
          retries.answered();
          return { data, links };
        } catch (cause) {
          error = explainBody(reply, cause, about());
        }
      }
    }

    const wait = retries.next(error, {
      attempt,
      since,
      active,
      requests: limiter.requestsSent,
      retryAfter: reply && retryAfter(reply.headers, Date.now()),
    });
    line.log.debug(
      `${what()}: attempt ${attempt} failed: ${quote(thrown ?? error.status ?? error.kind, line.about.token)}` +
        `${error.requestId === undefined ? '' : `, request ${error.requestId}`}` +
        `${wait === undefined ? '' : `, next in ${Math.round(wait)} ms`}`,
    );
    if (wait === undefined) throw error;
    await sleep(wait, signal);
    active += wait;
  }
}
