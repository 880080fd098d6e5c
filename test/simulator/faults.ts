/** Faults on demand, as plain data: which requests they meet, and what these get instead of an answer. */
import { type Answer, badCredentials, gone, html, json, notFound, problem, samlRequired } from './answers.ts';

export const FAULT_KINDS = [
  '500-json',
  '502-html',
  '503-json',
  'reset', // the connection ends before any header
  'reset-body', // … in the middle of the body
  'hang', // no answer ever
  'cut-off', // 200 with a truncated body and a content-length that agrees with it
  'empty', // 200 without a body
  'invalid-json',
  'wrong-shape', // 200 with `body`, `{}` when there is none
  'not-github', // 200 with a login page
  'redirect', // 302 to `location`
  'secondary-limit', // `status` 403 or 429, `retryAfter`; every request in the window that follows is refused too
  'primary-limit', // 403, nothing remaining until `resetSeconds` from now
  '400',
  '401',
  '403', // `message`
  '403-sso',
  '404',
  '404-scope', // the token lacks the scope
  '410',
  '422',
  'status', // `status`, `message`
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** All that are given must hold. */
export interface FaultMatch {
  /** The nth request to the simulator (or one of these), from 1, counted since the faults were set. */
  request?: number | readonly number[];
  /** A part of the path with its query, such as `settings/billing/usage`. */
  path?: string;
  /** The end of the path without its query: `usage` does not meet `usage/summary`. */
  endpoint?: string;
  page?: number | readonly number[];
  /** Every nth request that meets the rest of this rule. */
  every?: number;
}

export interface FaultRule {
  kind: FaultKind;
  match?: FaultMatch;
  /** How often at most; without end when absent. */
  times?: number;
  status?: number;
  message?: string;
  /** Seconds, `date:SECONDS` for an HTTP date so many seconds ahead, or absent for no header. */
  retryAfter?: number | `date:${number}`;
  /** How long requests are refused after a secondary limit without `retryAfter`; 60 by default. */
  windowSeconds?: number;
  resetSeconds?: number;
  location?: string;
  body?: unknown;
}

export interface Asked {
  /** The path below the base URL, with its query. */
  readonly path: string;
  readonly pathname: string;
  readonly page: number;
}

/** Finds the first rule that meets a request; counts requests as it goes. */
export class Faults {
  readonly #rules: { rule: FaultRule; met: number; used: number }[];
  #requests = 0;

  constructor(rules: readonly FaultRule[]) {
    for (const { kind } of rules) {
      if (!FAULT_KINDS.includes(kind)) throw new RangeError(`no such fault: ${kind}`);
    }
    this.#rules = rules.map((rule) => ({ rule, met: 0, used: 0 }));
  }

  next(asked: Asked): FaultRule | undefined {
    this.#requests += 1;
    for (const entry of this.#rules) {
      const { match = {}, times = Number.POSITIVE_INFINITY } = entry.rule;
      if (!this.#meets(match, asked)) continue;
      entry.met += 1;
      if (entry.met % (match.every ?? 1) !== 0 || entry.used >= times) continue;
      entry.used += 1;
      return entry.rule;
    }
    return undefined;
  }

  #meets({ request, path, endpoint, page }: FaultMatch, asked: Asked): boolean {
    const among = (wanted: number | readonly number[] | undefined, value: number) =>
      wanted === undefined || [wanted].flat().includes(value);
    return (
      among(request, this.#requests) &&
      among(page, asked.page) &&
      (path === undefined || asked.path.includes(path)) &&
      (endpoint === undefined || asked.pathname.endsWith(`/${endpoint}`))
    );
  }
}

/** What a fault makes of a request; `sound` is the answer that it would have had. Limits are not answered here. */
export function faultyAnswer(rule: FaultRule, sound: () => Answer, slug: string): Answer {
  const truncated = ({ headers, body }: Answer): Answer => ({
    status: 200,
    headers: headers ?? {},
    body: body.subarray(0, Math.floor(body.length / 2)),
  });
  switch (rule.kind) {
    case '500-json':
      return problem(500, rule.message ?? 'Server Error');
    case '502-html':
      return html(502, 'Unicorn! &middot; GitHub', 'This page is taking too long to load.');
    case '503-json':
      return json(503, { code: 'service_unavailable', message: rule.message ?? 'Service unavailable' });
    case 'reset':
    case 'hang':
      return { status: 0, body: Buffer.alloc(0), connection: rule.kind };
    case 'reset-body':
      return { ...sound(), connection: 'reset-body' };
    case 'cut-off':
      return truncated(sound());
    case 'empty':
      return {
        status: 200,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: Buffer.alloc(0),
      };
    case 'invalid-json':
      return { ...json(200, null), body: Buffer.from('{"users": [undefined]}') };
    case 'wrong-shape':
      return json(200, rule.body === undefined ? {} : rule.body);
    case 'not-github':
      return { ...html(200, 'Sign in to the proxy'), foreign: true };
    case 'redirect':
      return {
        status: 302,
        headers: { location: rule.location ?? 'https://sso.example/login' },
        body: Buffer.alloc(0),
        foreign: true,
      };
    case '400':
      return problem(400, rule.message ?? 'Bad Request');
    case '401':
      return badCredentials();
    case '403':
      return problem(403, rule.message ?? 'You must be an enterprise owner or billing manager.');
    case '403-sso':
      return samlRequired(slug);
    case '404':
      return notFound();
    case '404-scope':
      return notFound({ 'x-oauth-scopes': 'repo', 'x-accepted-oauth-scopes': 'admin:enterprise' });
    case '410':
      return gone();
    case '422':
      return problem(422, rule.message ?? 'Validation Failed');
    case 'status':
      return problem(rule.status ?? 500, rule.message ?? 'Error');
    case 'primary-limit':
    case 'secondary-limit':
      throw new Error(`${rule.kind} is answered by the limits`);
  }
}
