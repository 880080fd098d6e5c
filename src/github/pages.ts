/**
 * Every page of a resource, several in flight, handed on in order, one at a time:
 * https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api
 */
import { count } from '../common/words.ts';
import { GitHubError } from './errors.ts';
import { type Line, request } from './request.ts';
import { type Links, pageNumber, pathOf, type Resource, searchParams } from './resource.ts';

/** How a resource is paged. */
export interface Paging<T, Row> {
  readonly rows: (data: T) => readonly Row[];
  /** What tells a row from all others; `undefined` where nothing does. */
  readonly key: (row: Row) => string | undefined;
  /** What the body says of further pages, where it is paged by `page` and not by `Link`. */
  readonly following?: (data: T) => {
    readonly hasNext: boolean | undefined;
    readonly total: number | undefined;
  };
}

export interface Page<T> {
  readonly data: T;
  /** 1, 2, 3, … */
  readonly number: number;
  /** How many pages there are, as far as GitHub has said. */
  readonly of: number | undefined;
}

const PER_PAGE = 100;
/** Budgets come 10 a page, whatever is asked for. */
const SMALLEST_PAGE = 10;
/** No resource has more. */
const MOST_PAGES = 10_000;

interface Fetched<T, Row> {
  readonly data: T;
  readonly links: Links;
  readonly rows: readonly Row[];
  /** The parameters of the page after it, if it says that there is one. */
  readonly next: URLSearchParams | undefined;
  /** The number of the last page, if it says so. */
  readonly last: number | undefined;
}

/**
 * Reads the first page, then up to `lookAhead` pages ahead of the reader where GitHub says how many there are, or else
 * one after the other. Leaving the loop early, and any failure, aborts what is under way.
 *
 * @throws GitHubError also for a page in the middle without rows, one that brings nothing new, and one too many
 */
export async function* readPages<T, Row>(
  line: Line,
  resource: Resource<T>,
  { rows: rowsOf, key, following }: Paging<T, Row>,
  lookAhead: number,
): AsyncGenerator<Page<T>> {
  const controller = new AbortController();
  const query = searchParams({ ...resource.query, per_page: PER_PAGE });
  const inOrder: Promise<Fetched<T, Row>>[] = [];
  const failures: unknown[] = [];
  const seen = new Set<string>();
  let announced = 0;
  /** The number of the last page, as the largest and as the smallest answer have it: rows come and go meanwhile. */
  let last: number | undefined;
  let leastLast = Number.POSITIVE_INFINITY;
  /** Rows a page, as they really come. */
  let pageSize = 0;

  const describe = (number: number) =>
    `GET ${resource.path} (page ${number}${last === undefined ? '' : ` of ${last}`})`;
  const broken = (number: number, why: string) =>
    new GitHubError('unreadable', `The pages of ${describe(number)} could not be followed: ${why}.`);

  const numbered = (number: number) => {
    const parameters = new URLSearchParams(query);
    parameters.set('page', String(number));
    return parameters;
  };

  /** What a page says of those after it. */
  function foretell(number: number, data: T, links: Links): Pick<Fetched<T, Row>, 'next' | 'last'> {
    if (!following) return { next: links.next, last: pageNumber(links.last) };
    const { hasNext: said, total } = following(data);
    const size = rowsOf(data).length;
    pageSize ||= size;
    // Where the body says nothing, a page that is full may be followed by another.
    const hasNext = said ?? (total === undefined && size > 0 && size % SMALLEST_PAGE === 0);
    // Then pages may be empty from here on, whatever the total says.
    if (!hasNext) leastLast = Math.min(leastLast, number);
    return {
      next: hasNext ? numbered(number + 1) : undefined,
      last: total === undefined || pageSize === 0 ? undefined : Math.ceil(total / pageSize),
    };
  }

  function accept(number: number, body: unknown, links: Links): Fetched<T, Row> {
    const data = resource.read(body);
    const page = { data, links, rows: rowsOf(data), ...foretell(number, data, links) };
    if (page.rows.length > 0) {
      const known = page.last ?? (page.next === undefined && links.prev ? number : undefined);
      if (known !== undefined) leastLast = Math.min(leastLast, known);
      if (known !== undefined && last !== undefined) last = Math.max(last, known, pageNumber(page.next) ?? 0);
      return page;
    }
    const isBeyond = number >= (last ?? number) || number > Math.min(leastLast, page.last ?? leastLast);
    if (page.next !== undefined || !isBeyond) throw new Error('a page in the middle has no rows');
    return page;
  }

  function start(number: number, parameters: URLSearchParams): Promise<Fetched<T, Row>> {
    if (Math.max(number, last ?? 0) > MOST_PAGES) {
      throw broken(number, `no resource has more than ${count(MOST_PAGES)} pages`);
    }
    const page = request(line, {
      path: pathOf(resource.path, parameters),
      access: resource.access,
      describe: () => describe(number),
      accept: (body, links) => accept(number, body, links),
      signal: controller.signal,
    });
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

  function settle(settled: number): void {
    const some = Math.min(settled, announced);
    announced -= some;
    if (some > 0) line.limiter.need(-some);
  }

  /** Pages that repeat themselves would go on for ever, or stand where others are missing. */
  function checkNew(number: number, { rows, next }: Fetched<T, Row>): void {
    const known = seen.size;
    let keys = 0;
    for (const row of rows) {
      const own = key(row);
      if (own === undefined) continue;
      keys += 1;
      seen.add(own);
    }
    // One row alone may have moved on to the last page meanwhile.
    if (seen.size > known || keys === 0 || (keys === 1 && next === undefined)) return;
    throw broken(number, 'everything on this page was on an earlier one, so that others must be missing');
  }

  /** The parameters of the page after one that was not read ahead. */
  function nextOf(number: number, { links, rows, next }: Fetched<T, Row>): URLSearchParams | undefined {
    // Whatever took the links away, there may be another. A page longer than asked for comes from a host without pages.
    const isUnannounced = !following && Object.keys(links).length === 0 && rows.length === PER_PAGE;
    if (isUnannounced) return numbered(number + 1);
    if (next === undefined || isCursor(next) || pageNumber(next) === number + 1) return next;
    throw broken(number, 'the link to the next page does not lead to it');
  }

  try {
    let current = await start(1, query);
    if ((following || pageNumber(current.next) === 2) && current.last !== undefined && current.last > 1) {
      last = current.last;
      announced = last - 1;
      line.limiter.need(announced);
    }
    const followed = new Set<string>();
    for (let number = 1; ; number += 1) {
      while (inOrder.length < lookAhead && number + inOrder.length < (last ?? 0)) {
        const ahead = number + inOrder.length + 1;
        inOrder.push(start(ahead, numbered(ahead)));
      }
      checkNew(number, current);
      yield { data: current.data, number, of: last };
      if (failures.length > 0) throw failures[0];

      const waiting = inOrder.shift();
      if (waiting) {
        current = await waiting;
      } else {
        const next = nextOf(number, current);
        if (next === undefined) return;
        const asked = next.toString();
        if (followed.has(asked)) throw broken(number, 'the link to the next page does not lead to it');
        followed.add(asked);
        current = await start(number + 1, next);
      }
      if (failures.length > 0) throw failures[0];
    }
  } catch (error) {
    throw failures.length > 0 ? failures[0] : error;
  } finally {
    settle(announced);
    controller.abort();
  }
}

const isCursor = (next: URLSearchParams): boolean => next.has('after') || !next.has('page');
