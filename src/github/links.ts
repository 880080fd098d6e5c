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
