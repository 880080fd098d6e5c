/** One GitHub, one token: typed GET requests that either deliver what was asked or throw a GitHubError. */

export type Query = Readonly<Record<string, string | number | undefined>>;

/**
 * Checks an answer's body and returns it typed. Throws (anything) when the shape is not what it should be: the
 * request is then retried like a 502, because a cut-off answer looks the same.
 */
export type Read<T> = (body: unknown) => T;

export interface Answer<T> {
  readonly data: T;
  /** The Link header's relations: `next`, `last`, … as query parameters. */
  readonly links: Readonly<Record<string, URLSearchParams>>;
  /** `x-github-enterprise-version`, when an Enterprise Server answered. */
  readonly serverVersion: string | undefined;
}

export interface Client {
  /**
   * GET one resource. `path` is relative to the base URL and already encoded, such as
   * `/enterprises/acme/license-sync-status`.
   */
  get<T>(path: string, query: Query, read: Read<T>): Promise<Answer<T>>;

  /**
   * GET every page of a resource that is paged by `Link` (`per_page=100`), several at a time, handed on in order,
   * one at a time. A page that cannot be read fails the whole, naming the page: none is ever missing.
   */
  pages<T>(path: string, query: Query, read: Read<T>): AsyncIterable<Page<T>>;
}

export interface Page<T> extends Answer<T> {
  /** 1, 2, 3, … */
  readonly number: number;
  /** How many pages there are, as far as GitHub has said. */
  readonly of: number | undefined;
}
