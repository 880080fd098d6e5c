/** What can be asked for, as whoever asks describes it, and its address. */

export type Query = Readonly<Record<string, string | number | undefined>>;

/**
 * Checks an answer's body and returns it typed. Throws (anything) when the shape is not what it should be: the
 * request is then retried like a 502, because a cut-off answer looks the same.
 */
export type Read<T> = (body: unknown) => T;

/** Who may read a resource, in the words of an error. */
export interface Access {
  /** That a classic token needs, such as `read:enterprise`. */
  readonly scope: string;
  /** Whose token it must be, such as `an owner`. */
  readonly role: string;
  /** The slug of the enterprise that it belongs to, if any. */
  readonly enterprise?: string;
  /** The permission with which GitHub documents that it takes installation tokens of GitHub Apps; absent: it does not. */
  readonly appPermission?: string;
}

export interface Resource<T> {
  /** Relative to the base URL and already encoded, such as `/enterprises/acme/license-sync-status`. */
  readonly path: string;
  /** What is `undefined` is not sent. */
  readonly query?: Query;
  readonly read: Read<T>;
  readonly access: Access;
}

export function searchParams(query: Query): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  return parameters;
}

export const pathOf = (path: string, query: URLSearchParams): string =>
  query.size === 0 ? path : `${path}?${query}`;

/** `Link` headers: https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api */
export type Links = Readonly<Record<string, URLSearchParams>>;

/** The query parameters of each relation. Hosts and paths are dropped: a link never decides where a request goes. */
export function parseLinks(header: string | undefined): Links {
  const links: Record<string, URLSearchParams> = {};
  for (const [, target = '', parameters = ''] of header?.matchAll(/<([^<>]*)>([^<]*)/g) ?? []) {
    const rel = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(parameters);
    const query = target.split('#', 1)[0]?.split('?').slice(1).join('?') ?? '';
    for (const name of (rel?.[1] ?? rel?.[2] ?? '').toLowerCase().split(/\s+/)) {
      if (name !== '' && name !== '__proto__') links[name] ??= new URLSearchParams(query);
    }
  }
  return links;
}

/** The number of the page that a link points to, if it does so by number. */
export function pageNumber(link: URLSearchParams | undefined): number | undefined {
  const page = link?.get('page') ?? '';
  return /^[1-9]\d{0,8}$/.test(page) ? Number(page) : undefined;
}
