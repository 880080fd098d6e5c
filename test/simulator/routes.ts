/** From a path to what GitHub answers there, when nothing goes wrong. */
import { type Answer, gzipped, json, notFound } from './answers.ts';
import type { BillingRoutes } from './billing-routes.ts';
import type { Copilot } from './copilot.ts';
import { servedPerson } from './dialects.ts';
import type { Enterprise, LicensedUser } from './enterprise.ts';
import { linkHeader, paging } from './paging.ts';
import type { VisualStudio } from './visual-studio.ts';

/** One person joins (1: appears at the front) or leaves (-1) between page `afterPage` and the next. */
export interface Shift {
  readonly afterPage: number;
  readonly by: 1 | -1;
}

/** What `total_seats_purchased` is where nothing is purchased. */
export type Unpurchased = 0 | null | 'absent';

export interface LicenseOptions {
  shift?: Shift | undefined;
  unpurchased?: Unpurchased | undefined;
}

/** Pages of seat holders, each made once: the simulator must not be what a benchmark measures. */
export class Licenses {
  readonly #enterprise: Enterprise;
  readonly #shift: Shift | undefined;
  readonly #unpurchased: Unpurchased;
  readonly #shifted: readonly LicensedUser[];
  readonly #ready = new Map<string, Answer>();

  constructor(enterprise: Enterprise, { shift, unpurchased = 0 }: LicenseOptions) {
    this.#unpurchased = unpurchased;
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
    const { people, consumed, purchased, dialect } = this.#enterprise;
    const shifted = this.#shift !== undefined && asked.page > this.#shift.afterPage;
    const listing = shifted ? this.#shifted : people;
    const start = (asked.page - 1) * asked.perPage;
    const answer = json(
      200,
      {
        total_seats_consumed: consumed + (shifted ? (this.#shift?.by ?? 0) : 0),
        ...(purchased > 0 || this.#unpurchased !== 'absent'
          ? { total_seats_purchased: purchased > 0 ? purchased : this.#unpurchased }
          : {}),
        users: listing
          .slice(start, start + asked.perPage)
          .map((row, index) => servedPerson(row, start + index, dialect)),
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

export interface ServerLicense {
  unlimited?: boolean;
  /** 200 by default; negative when it has expired. */
  daysLeft?: number;
}

export interface RouteOptions {
  readonly kind: 'cloud' | 'server';
  readonly enterprise: Enterprise;
  readonly licenses: Licenses;
  readonly billing: BillingRoutes;
  readonly copilot: Copilot;
  readonly visualStudio: VisualStudio;
  readonly serverLicense: ServerLicense;
}

/** `site_admin` is no scope but a right; GitHub lists the scope beside it. */
export type Scope = 'read:enterprise' | 'manage_billing:enterprise' | 'manage_billing:copilot' | 'site_admin';

/** What the endpoint wants of a token, and its answer. */
export interface Route {
  readonly scope: Scope;
  readonly answer: () => Answer;
}

/**
 * `endpoint` is the path below the enterprise, or the whole path of what has none. `undefined` when this kind of host
 * has no such endpoint.
 */
export function route(endpoint: string, url: URL, options: RouteOptions): Route | undefined {
  const { kind, enterprise, licenses, billing } = options;
  if (endpoint.startsWith('settings/billing/')) {
    return {
      scope: 'manage_billing:enterprise',
      answer: () => billing.answer(endpoint.slice('settings/billing/'.length), url) ?? notFound(),
    };
  }
  if (kind === 'cloud' && endpoint === 'consumed-licenses') {
    return { scope: 'read:enterprise', answer: () => licenses.answer(url) };
  }
  if (kind === 'cloud' && endpoint === 'license-sync-status') {
    return { scope: 'read:enterprise', answer: () => json(200, { server_instances: enterprise.servers }) };
  }
  if (kind === 'cloud' && endpoint === 'copilot/billing/seats') {
    return { scope: 'manage_billing:copilot', answer: () => options.copilot.answer(url) };
  }
  if (kind === 'cloud' && endpoint === 'visual-studio-subscriptions') {
    return { scope: 'read:enterprise', answer: () => options.visualStudio.answer(url) };
  }
  if (kind === 'server' && endpoint === 'enterprise/settings/license') {
    return { scope: 'site_admin', answer: () => json(200, serverLicense(enterprise, options.serverLicense)) };
  }
  return undefined;
}

function serverLicense({ now, purchased, consumed }: Enterprise, license: ServerLicense) {
  const { unlimited = false, daysLeft = 200 } = license;
  // GitHub's example tells the time in its office's zone: `2016/02/06 12:41:52 -0600`.
  const expires = new Date(now.getTime() + daysLeft * 86_400_000 - 6 * 3_600_000).toISOString();
  return {
    seats: unlimited ? 'unlimited' : purchased,
    seats_used: consumed,
    seats_available: unlimited ? 'unlimited' : purchased - consumed,
    kind: 'standard',
    days_until_expiration: daysLeft,
    expire_at: `${expires.slice(0, 10).replaceAll('-', '/')} ${expires.slice(11, 19)} -0600`,
  };
}
