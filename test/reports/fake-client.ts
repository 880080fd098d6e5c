/** A GitHub that answers by path: a body, an error, or whatever a function of the query says. */
import type { Client } from '../../src/github/client.ts';
import { type FailureKind, GitHubError } from '../../src/github/errors.ts';
import type { Query, Resource } from '../../src/github/resource.ts';
import type { Inputs } from '../../src/inputs/index.ts';

export type Reply = unknown | GitHubError | ((query: Query) => unknown);

export interface FakeClient extends Client {
  readonly requests: readonly { readonly path: string; readonly query: Query }[];
}

/** Paths without a reply are not found, as on a host that does not have them. */
export function fakeClient(replies: Readonly<Record<string, Reply>>, serverVersion?: string): FakeClient {
  const requests: { path: string; query: Query }[] = [];
  let known: string | undefined;
  const answer = <T>({ path, query = {}, read }: Resource<T>): T => {
    requests.push({ path, query });
    known ??= serverVersion;
    const reply = path in replies ? replies[path] : refusal('not-found', 404, serverVersion);
    const body = typeof reply === 'function' ? reply(query) : reply;
    if (body instanceof GitHubError) {
      known ??= body.serverVersion;
      throw body;
    }
    try {
      return read(body);
    } catch (cause) {
      throw new GitHubError('unreadable', `GET ${path}: the answer cannot be read`, { status: 200, cause });
    }
  };
  return {
    requests,
    get serverVersion() {
      return known;
    },
    get: async (resource) => answer(resource),
    async *pages(resource, { following }) {
      const reply = replies[resource.path];
      const pages = typeof reply === 'function' && !following ? reply(resource.query ?? {}) : reply;
      if (!Array.isArray(pages)) {
        for (let page = 1; ; page += 1) {
          const query = following ? { ...resource.query, page, per_page: 100 } : (resource.query ?? {});
          const data = answer({ ...resource, query });
          yield { data, number: page, of: undefined };
          if (!following?.(data).hasNext) return;
        }
      }
      requests.push({ path: resource.path, query: resource.query ?? {} });
      known ??= serverVersion;
      for (const [index, body] of pages.entries()) {
        yield { data: resource.read(body), number: index + 1, of: pages.length };
      }
    },
  };
}

export const refusal = (kind: FailureKind, status?: number, serverVersion?: string): GitHubError =>
  new GitHubError(kind, `GitHub said ${kind}.`, {
    ...(status !== undefined && { status }),
    ...(serverVersion !== undefined && { serverVersion }),
  });

export const inputs = (given: Partial<Inputs> = {}): Inputs => ({
  reports: ['billing'],
  everyReport: false,
  enterprise: 'acme',
  token: 'token',
  apiUrl: 'https://api.github.com',
  apiVersion: '2022-11-28',
  reportDirectory: '/tmp/report',
  people: true,
  formats: [],
  jobSummary: false,
  period: { year: 2026, month: 11 },
  advancedSecurityProduct: 'auto',
  staleAfterDays: 8,
  inactiveAfterDays: 30,
  historyFile: undefined,
  historyLimit: 520,
  previousReport: undefined,
  concurrency: 10,
  redactKey: undefined,
  gates: [],
  ...given,
});
