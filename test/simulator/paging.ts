/** Pages and their `Link` headers. */
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
