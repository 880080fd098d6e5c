/** For the tests of the simulator: one GET as a client would make it. */
import { type Simulator, TOKEN } from './server.ts';

export interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
  readonly body: any;
}

/** `path` is below the enterprise, or a whole path when it starts with `/`. */
export async function get(
  simulator: Simulator,
  path: string,
  headers: Record<string, string> = {},
): Promise<Got> {
  const whole = path.startsWith('/') ? path : `/enterprises/${simulator.enterprise.slug}/${path}`;
  const response = await fetch(`${simulator.url}${whole}`, {
    headers: { authorization: `Bearer ${TOKEN}`, ...headers },
    redirect: 'manual',
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    get body() {
      return JSON.parse(text);
    },
  };
}

/** Follows `rel="next"` and returns every page's body. */
export async function getAll(simulator: Simulator, path: string) {
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
  const pages: any[] = [];
  for (let next: string | undefined = path; next !== undefined; ) {
    const page: Got = await get(simulator, next);
    pages.push(page.body);
    next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1]?.slice(simulator.url.length);
  }
  return pages;
}
