/** Serves the answers of one run after the other on loopback, and pages them as GitHub does. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NOW } from '../clock.ts';
import { type Answer, type Answers, BEYOND, type Endpoint } from './answers.ts';
import type { Json, Row } from './schema.ts';

export interface FuzzedGitHub {
  /** Of an Enterprise Server, which ends in /api/v3, or of the cloud. */
  readonly url: (isServer: boolean) => string;
  answer: (answers: Answers, isServer: boolean) => void;
  readonly close: () => Promise<void>;
}

export async function startFuzzedGitHub(): Promise<FuzzedGitHub> {
  let current: Answers;
  let server = false;
  const http = createServer((request, response) => {
    response.setHeader('date', NOW.toUTCString());
    const url = new URL(request.url ?? '/', 'http://localhost');
    const asked = url.pathname.replace(/^\/api\/v3/, '').replace(/^\/(enterprises\/[^/]+\/)?/, '');
    const [, budget] = /^settings\/billing\/budgets\/(.*)\/user-states$/.exec(asked) ?? [];
    if (budget !== undefined) url.searchParams.set('budget', decodeURIComponent(budget));
    const endpoint = budget === undefined ? asked : 'settings/billing/user-states';
    if (server) response.setHeader('x-github-enterprise-version', '3.19.1');
    const answer = Object.hasOwn(current, endpoint) ? current[endpoint as Endpoint] : undefined;
    // An Enterprise Server lists neither people nor other servers, and has no bills but those of committers.
    const isThere = (server ? /^enterprise\/|\/advanced-security$/ : /^(?!enterprise\/)/).test(endpoint);
    if (answer === undefined || !isThere) send(response, 404, { message: 'Not Found' });
    else reply(response, answer, bodyNumber(endpoint as Endpoint, url, current), url);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  return {
    url: (isServer) => (isServer ? `${origin}/api/v3` : origin),
    answer(answers, isServer) {
      current = answers;
      server = isServer;
    },
    async close() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

function reply(response: ServerResponse, answer: Answer, number: number, url: URL): void {
  if (answer.kind === 'refused') {
    send(response, answer.status, answer.body);
    return;
  }
  if (answer.kind === 'garbage') {
    sendText(response, 200, answer.text);
    return;
  }
  const last = answer.bodies.length;
  if (
    /(consumed-licenses|advanced-security|copilot\/billing\/seats|visual-studio-subscriptions)$/.test(
      url.pathname,
    )
  ) {
    const to = (page: number, rel: string) => `<${url.origin}${url.pathname}?page=${page}>; rel="${rel}"`;
    const links = [
      ...(number > 1 ? [to(number - 1, 'prev'), to(1, 'first')] : []),
      ...(number < last ? [to(number + 1, 'next'), to(last, 'last')] : []),
    ];
    if (links.length > 0) response.setHeader('link', links.join(', '));
  }
  send(response, 200, answer.bodies[number - 1] ?? null);
}

/** Which of an answer's bodies is asked for, from 1. */
function bodyNumber(endpoint: Endpoint, { searchParams }: URL, answers: Answers): number {
  if (endpoint === 'settings/billing/cost-centers') return 1;
  if (endpoint === 'settings/billing/usage') {
    return usageBody(searchParams.get('cost_center_id'), answers['settings/billing/usage']);
  }
  if (endpoint === 'settings/billing/user-states') {
    return userStatesBody(searchParams.get('budget') ?? '', answers['settings/billing/user-states']);
  }
  return Number(searchParams.get('page') ?? 1);
}

export const userStatesBody = (budget: string, answer: Answer): number =>
  'bodies' in answer
    ? 1 + ((budget.length + (budget.codePointAt(budget.length - 1) ?? 0)) % answer.bodies.length)
    : 1;

/** The first body is of no cost center; the cost centers take turns with all bodies. */
export function usageBody(costCenter: string | null, usage: Answer): number {
  if (costCenter === null || !('bodies' in usage)) return 1;
  return (
    1 + ((costCenter.length + (costCenter.codePointAt(costCenter.length - 1) ?? 0)) % usage.bodies.length)
  );
}

/** What is sent, as its reader has it. */
export const jsonText = (body: Json): string =>
  JSON.stringify(body).replaceAll(JSON.stringify(BEYOND), '1e999');

const send = (response: ServerResponse, status: number, body: Json): void =>
  sendText(response, status, jsonText(body));

function sendText(response: ServerResponse, status: number, text: string): void {
  const type = text.startsWith('<') ? 'text/html' : 'application/json';
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    location: 'https://elsewhere.example/',
  });
  response.end(text);
}

export const rowsOf = (bodies: readonly Json[], list: string): Row[] =>
  bodies.flatMap((body) => (body as Row)[list] as Row[]);
