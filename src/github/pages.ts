/**
 * Every page of a resource, several in flight, handed on in order, one at a time:
 * https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api
 */
import { isDeepStrictEqual } from 'node:util';
import { type Links, pageNumber } from './links.ts';

export const PER_PAGE = 100;

export interface Fetched<T> {
  readonly data: T;
  readonly links: Links;
}

export interface Paging<T, F extends Fetched<T>> {
  /** Parameters of every page, without `page`. */
  readonly query: URLSearchParams;
  /** Fetches one page with these parameters; rejects soon after `signal` aborts. */
  readonly fetch: (page: {
    readonly number: number;
    readonly query: URLSearchParams;
    /** How many pages there are, as far as known at the time of the call. */
    readonly of: () => number | undefined;
    /** Throws where the page cannot be what it should be, for example because it has no rows. */
    readonly check: (data: T, links: Links) => void;
    readonly signal: AbortSignal;
  }) => Promise<F>;
  readonly countRows: (data: T) => number;
  /** Pages that may be under way or waiting for the reader. */
  readonly lookAhead: number;
  /** Told how many more pages will be fetched, and (negative) how many of them need not be any more. */
  readonly need: (count: number) => void;
  /** The error for a page whose link to the next one leads nowhere. */
  readonly broken: (number: number, why: string) => Error;
  /** A controller whose signal aborts when the run is cancelled; the caller of `done` lets go of it. */
  readonly scope: () => { controller: AbortController; done: () => void };
}

export type Numbered<F> = F & { readonly number: number; readonly of: number | undefined };

/**
 * Reads the first page, then up to `lookAhead` pages ahead of the reader where GitHub numbers them, or else one after
 * the other along `next`. Leaving the loop early, and any failure, aborts what is under way.
 */
export async function* pages<T, F extends Fetched<T>>(paging: Paging<T, F>): AsyncGenerator<Numbered<F>> {
  const { controller, done } = paging.scope();
  const { signal } = controller;
  const inOrder: Promise<F>[] = [];
  const failures: unknown[] = [];
  let announced = 0;
  /** The number of the last page, as the largest and as the smallest answer have it: people come and go meanwhile. */
  let last: number | undefined;
  let leastLast = Number.POSITIVE_INFINITY;

  const learn = (number: number, links: Links): void => {
    const said = pageNumber(links.last) ?? (links.next === undefined && links.prev ? number : undefined);
    if (said === undefined) return;
    leastLast = Math.min(leastLast, said);
    if (last !== undefined) last = Math.max(last, said, pageNumber(links.next) ?? 0);
  };

  const check = (number: number) => (data: T, links: Links) => {
    if (paging.countRows(data) > 0) return learn(number, links);
    const said = pageNumber(links.last) ?? Number.POSITIVE_INFINITY;
    const isBeyond = number >= (last ?? number) || number > Math.min(leastLast, said);
    if (links.next !== undefined || !isBeyond) throw new Error('a page in the middle has no rows');
  };

  function start(number: number, query: URLSearchParams): Promise<F> {
    const page = paging.fetch({ query, number, of: () => last, check: check(number), signal });
    page.then(
      () => settle(1),
      (error) => {
        failures.push(error);
        // Whatever else is under way is of no use any more, and the reader waits for none of it.
        controller.abort(error);
      },
    );
    return page;
  }

  function settle(count: number): void {
    const settled = Math.min(count, announced);
    announced -= settled;
    if (settled > 0) paging.need(-settled);
  }

  /**
   * A full page without any link: whatever took the links away, there may be another. One that is longer than asked
   * for comes from a host without pages.
   */
  const isUnannounced = ({ data, links }: F): boolean =>
    Object.keys(links).length === 0 && paging.countRows(data) === PER_PAGE;

  const numbered = (number: number) => {
    const query = new URLSearchParams(paging.query);
    query.set('page', String(number));
    return query;
  };

  try {
    let current = await start(1, paging.query);
    if (isNumbered(current.links, 1) && pageNumber(current.links.last) !== undefined) {
      last = Math.max(2, pageNumber(current.links.last) ?? 0);
      announced = last - 1;
      paging.need(announced);
    }
    const followed = new Set<string>();
    for (let number = 1; ; number += 1) {
      while (inOrder.length < paging.lookAhead && number + inOrder.length < (last ?? 0)) {
        const ahead = number + inOrder.length + 1;
        inOrder.push(start(ahead, numbered(ahead)));
      }
      yield { ...current, number, of: last };
      if (failures.length > 0) throw failures[0];

      const waiting = inOrder.shift();
      if (waiting) {
        current = await waiting;
      } else {
        if (isUnannounced(current)) {
          const following = await start(number + 1, numbered(number + 1));
          if (isDeepStrictEqual(following.data, current.data)) {
            throw paging.broken(number + 1, 'it has the same rows as the page before');
          }
          current = following;
          continue;
        }
        const { next } = current.links;
        if (next === undefined) return;
        const key = next.toString();
        if (followed.has(key) || !(isNumbered(current.links, number) || isCursor(next))) {
          throw paging.broken(number, 'the link to the next page does not lead to it');
        }
        followed.add(key);
        current = await start(number + 1, next);
      }
      if (failures.length > 0) throw failures[0];
    }
  } catch (error) {
    throw failures.length > 0 ? failures[0] : error;
  } finally {
    settle(announced);
    controller.abort();
    done();
  }
}

/** Whether the next page is asked for by its number. */
const isNumbered = ({ next }: Links, number: number): boolean =>
  next !== undefined && !isCursor(next) && pageNumber(next) === number + 1;

const isCursor = (next: URLSearchParams): boolean => next.has('after') || !next.has('page');
