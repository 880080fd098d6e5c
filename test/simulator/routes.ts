/** From a path to what GitHub answers there, when nothing goes wrong. */
import { type Answer, gzipped, json } from './answers.ts';
import type { Enterprise, LicensedUser } from './enterprise.ts';

/** One person joins (1: appears at the front) or leaves (-1) between page `afterPage` and the next. */
export interface Shift {
  readonly afterPage: number;
  readonly by: 1 | -1;
}

export interface Paging {
  readonly page: number;
  readonly perPage: number;
}

/** `page` and `per_page` as GitHub reads them: 30 a page by default, 100 at most. */
export function paging(query: URLSearchParams, defaultPerPage = 30): Paging {
  const whole = (name: string, missing: number) => {
    const value = Number(query.get(name) ?? missing);
    return Number.isInteger(value) && value > 0 ? value : missing;
  };
  return { page: whole('page', 1), perPage: Math.min(100, whole('per_page', defaultPerPage)) };
}

/** The `Link` header of one page, with the relations and in the order that GitHub has. */
export function linkHeader(url: URL, { page }: Paging, pages: number): Record<string, string> {
  const link = (to: number, rel: string) => {
    const target = new URL(url);
    target.searchParams.set('page', String(to));
    return `<${target}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev')] : []),
    ...(page < pages ? [link(page + 1, 'next'), link(pages, 'last')] : []),
    ...(page > 1 ? [link(1, 'first')] : []),
  ];
  return links.length > 0 ? { link: links.join(', ') } : {};
}

/** Pages of seat holders, each made once: the simulator must not be what a benchmark measures. */
export class Licenses {
  readonly #enterprise: Enterprise;
  readonly #shift: Shift | undefined;
  readonly #shifted: readonly LicensedUser[];
  readonly #ready = new Map<string, Answer>();

  constructor(enterprise: Enterprise, shift: Shift | undefined) {
    this.#enterprise = enterprise;
    this.#shift = shift;
    const { people } = enterprise;
    const newcomer = { ...people[0], github_com_login: 'newcomer', github_com_name: 'New Comer' };
    this.#shifted = shift?.by === 1 ? [newcomer as LicensedUser, ...people] : people.slice(1);
  }

  answer(url: URL): Answer {
    const asked = paging(url.searchParams);
    const known = this.#ready.get(url.href);
    if (known) return known;
    const { people, consumed, purchased } = this.#enterprise;
    const shifted = this.#shift !== undefined && asked.page > this.#shift.afterPage;
    const listing = shifted ? this.#shifted : people;
    const start = (asked.page - 1) * asked.perPage;
    const answer = json(
      200,
      {
        total_seats_consumed: consumed + (shifted ? (this.#shift?.by ?? 0) : 0),
        total_seats_purchased: purchased,
        users: listing.slice(start, start + asked.perPage),
      },
      linkHeader(url, asked, Math.ceil(listing.length / asked.perPage)),
    );
    this.#ready.set(url.href, answer);
    return answer;
  }

  /** Makes every page of 100 ahead, plain and compressed. `url` is that of the listing, without a query. */
  prepare(url: string): void {
    for (let page = 1; (page - 1) * 100 < this.#shifted.length + 1; page += 1) {
      gzipped(this.answer(new URL(`${url}?per_page=100&page=${page}`)).body);
    }
  }
}

export interface RouteOptions {
  readonly kind: 'cloud' | 'server';
  readonly enterprise: Enterprise;
  readonly licenses: Licenses;
}

export type Scope = 'read:enterprise' | 'manage_billing:enterprise' | 'site_admin';

/** What the endpoint wants of a token, and its answer; `undefined` when this host has no such endpoint. */
export interface Route {
  readonly scope: Scope;
  readonly answer: () => Answer;
}

/** `endpoint` is the path below the enterprise, or the whole path of what has none. */
export function route(endpoint: string, url: URL, options: RouteOptions): Route | undefined {
  const { kind, enterprise, licenses } = options;
  if (kind === 'cloud' && endpoint === 'consumed-licenses') {
    return { scope: 'read:enterprise', answer: () => licenses.answer(url) };
  }
  if (kind === 'cloud' && endpoint === 'license-sync-status') {
    return { scope: 'read:enterprise', answer: () => json(200, { server_instances: enterprise.servers }) };
  }
  return undefined;
}
