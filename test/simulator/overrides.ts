/** Fixed answers in place of the generated ones. */
import { type Answer, json } from './answers.ts';

/** A fixed answer in place of the generated one. A string body is sent as it is, anything else as JSON. */
export interface Override {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

/** The override that fits an endpoint and its query; of several the one that names most of the query. */
export function findOverride(
  overrides: Readonly<Record<string, Override>>,
  endpoint: string,
  query: URLSearchParams,
): Override | undefined {
  const fitting = Object.entries(overrides)
    .map(([key, override]) => ({ at: key.split('?'), override }))
    .filter(({ at: [path] }) => path === endpoint)
    .map(({ at, override }) => ({ wanted: [...new URLSearchParams(at[1])], override }))
    .filter(({ wanted }) => wanted.every(([name, value]) => query.get(name) === value))
    .sort((a, b) => b.wanted.length - a.wanted.length);
  return fitting[0]?.override;
}

export function overridden({ status = 200, headers = {}, body }: Override): Answer {
  const answer = json(status, body, headers);
  return typeof body === 'string' ? { ...answer, body: Buffer.from(body) } : answer;
}
