/** A GitHub to run against: a loopback HTTP server over a synthetic enterprise. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Clock } from '../clock.ts';
import { type Answer, badCredentials, gzipped, json, notFound, problem } from './answers.ts';
import { type BillingRouteOptions, BillingRoutes } from './billing-routes.ts';
import { Copilot, type CopilotOptions } from './copilot.ts';
import { type Enterprise, type EnterpriseOptions, generateEnterprise } from './enterprise.ts';
import { type FaultRule, Faults, faultyAnswer } from './faults.ts';
import { type LimitOptions, Limits } from './limits.ts';
import { findOverride, type Override, overridden } from './overrides.ts';
import { paging } from './paging.ts';
import { type LicenseOptions, Licenses, type Route, route, type ServerLicense } from './routes.ts';
import { isAllowed, type Token, tokenHeaders } from './tokens.ts';
import { VisualStudio, type VisualStudioOptions } from './visual-studio.ts';

export type { Override, Token };

/** The token that is accepted when none are named: all scopes, no expiry. */
export const TOKEN = 'ghp_simulator0000000000000000000000000000';
const API_VERSIONS = ['2022-11-28', '2026-03-10'];
const SERVER_VERSION = '3.19.1';

export interface SimulatorOptions
  extends EnterpriseOptions,
    LicenseOptions,
    BillingRouteOptions,
    CopilotOptions,
    VisualStudioOptions {
  kind?: 'cloud' | 'server' | undefined;
  port?: number | undefined;
  tokens?: Readonly<Record<string, Token>> | undefined;
  serverLicense?: ServerLicense | undefined;
  /** Before every answer. */
  latencyMs?: number | undefined;
  /** Announced by default on the cloud, with 5,000 an hour; `false`: none. */
  limits?: LimitOptions | false | undefined;
  faults?: readonly FaultRule[] | undefined;
  /**
   * By endpoint below the enterprise (`consumed-licenses`, `settings/billing/usage`) or whole path
   * (`enterprise/settings/license`); with a query (`settings/billing/usage?cost_center_id=1`) only where it has these.
   */
  overrides?: Readonly<Record<string, Override>> | undefined;
  /** Makes every page of 100 seats, plain and compressed, before the first request. */
  prepare?: boolean | undefined;
}

export interface RecordedRequest {
  readonly method: string;
  /** Below the base URL, with its query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Arrival, as of `performance.now()`. */
  readonly at: number;
  /** 0 until there is an answer, and for those that never get one. */
  status: number;
  fault?: string;
  /** It came while a secondary limit forbade every request. */
  readonly insideWindow: boolean;
}

export interface Simulator {
  /** The REST base URL, without a trailing slash. */
  readonly url: string;
  /** `now` of the enterprise, and how long ago that was: the simulator's time goes on. */
  readonly clock: Clock;
  readonly enterprise: Enterprise;
  /** What is spent: charges, cost centers, budgets and committers, made when first asked for. */
  readonly billing: BillingRoutes;
  /** Who holds a Copilot seat. */
  readonly copilot: Copilot;
  /** Who holds a Visual Studio subscription. */
  readonly visualStudio: VisualStudio;
  readonly requests: RecordedRequest[];
  /** The most requests that were waiting for their answers at once. */
  readonly mostInFlight: number;
  /** Connections accepted so far. */
  readonly connections: number;
  /** Replaces the rules and starts counting anew. */
  setFaults(rules: readonly FaultRule[]): void;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 until `close()`. `GET /_simulator` (of the origin) answers with what it has seen so far. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { kind = 'cloud', tokens = { [TOKEN]: { scopes: ['admin:enterprise'] } }, latencyMs = 0 } = options;
  const enterprise = generateEnterprise(options);
  const licenses = new Licenses(enterprise, options);
  // An Enterprise Server has the committers, and of the rest nothing.
  const offered = kind === 'server' ? ({ previousPlatform: '404', metered: '404' } as const) : {};
  const billing = new BillingRoutes(enterprise, { ...offered, ...options });
  const copilot = new Copilot(enterprise, options);
  const visualStudio = new VisualStudio(enterprise, options);
  const started = performance.now();
  const epoch = () => enterprise.now.getTime() + performance.now() - started;
  const announced = options.limits ?? (kind === 'cloud' ? {} : false);
  const limits = new Limits(announced || undefined);
  const routes = {
    kind,
    enterprise,
    licenses,
    billing,
    copilot,
    visualStudio,
    serverLicense: options.serverLicense ?? {},
  };
  const base = kind === 'server' ? '/api/v3' : '';
  const requests: RecordedRequest[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let faults = new Faults(options.faults ?? []);
  let origin = '';
  let inFlight = 0;
  let mostInFlight = 0;
  let connections = 0;
  let lastAnswer = 0;

  const statistics = () => ({
    requests: requests.length,
    refused: requests.filter(({ status, fault }) => status === 429 || fault === 'limit').length,
    insideWindow: requests.filter((request) => request.insideWindow).length,
    mostInFlight,
    connections,
    /** From the first request to the last answer, milliseconds. */
    elapsed: Math.max(0, lastAnswer - (requests[0]?.at ?? lastAnswer)),
  });

  /** The sound answer, or the refusal that a real GitHub would give for this token and path. */
  function soundAnswer(url: URL, request: IncomingMessage): Answer {
    const token = tokens[request.headers.authorization?.replace(/^(bearer|token) /i, '') ?? ''];
    if (!token) return badCredentials();
    const version = request.headers['x-github-api-version'];
    if (version !== undefined && !API_VERSIONS.includes(String(version))) {
      return problem(
        400,
        `'${version}' is not a supported API version. Supported: ${API_VERSIONS.join(', ')}.`,
      );
    }
    const found = findRoute(url, request.method ?? 'GET');
    const headers = tokenHeaders(token, found?.scope);
    const answer = found?.answer && isAllowed(token, found.scope) ? found.answer() : notFound();
    return { ...answer, headers: { ...answer.headers, ...headers } };
  }

  /** Of another enterprise's endpoints only the scope is known. */
  function findRoute(url: URL, method: string): Partial<Route> | undefined {
    if (method !== 'GET' || !url.pathname.startsWith(`${base}/`)) return undefined;
    const path = url.pathname.slice(base.length + 1);
    const [, slug, below] = /^enterprises\/([^/]+)\/(.+)$/.exec(path) ?? [];
    const endpoint = below ?? path;
    const found = route(endpoint, url, routes);
    if (slug !== undefined && decodeURIComponent(slug) !== enterprise.slug) {
      return found && { scope: found.scope };
    }
    const override = findOverride(options.overrides ?? {}, endpoint, url.searchParams);
    if (!override) return found;
    return { scope: found?.scope ?? 'read:enterprise', answer: () => overridden(override) };
  }

  function answerFor(url: URL, request: IncomingMessage, record: RecordedRequest, at: number) {
    const asked = { path: record.path, pathname: url.pathname, page: paging(url.searchParams).page };
    const fault = faults.next(asked);
    const refusal = limits.take(at, epoch(), fault);
    if (refusal) {
      record.fault = 'limit';
      return refusal;
    }
    if (fault) record.fault = fault.kind;
    const sound = () => soundAnswer(url, request);
    return { answer: fault ? faultyAnswer(fault, sound, enterprise.slug) : sound(), left: () => {} };
  }

  function handle(request: IncomingMessage, response: ServerResponse): void {
    const at = performance.now();
    const url = new URL(request.url ?? '/', origin);
    if (url.pathname === '/_simulator') {
      send(json(200, statistics()), { date: new Date(epoch()).toUTCString() }, request, response);
      return;
    }
    const record: RecordedRequest = {
      method: request.method ?? '',
      path: `${url.pathname.slice(base.length)}${url.search}`,
      headers: request.headers,
      at,
      status: 0,
      insideWindow: limits.insideWindow(at),
    };
    requests.push(record);
    inFlight += 1;
    mostInFlight = Math.max(mostInFlight, inFlight);
    response.once('close', () => {
      inFlight -= 1;
    });
    const { answer, left } = answerFor(url, request, record, at);
    const date = { date: new Date(epoch()).toUTCString() };
    const headers = answer.foreign
      ? date
      : {
          ...date,
          'x-github-request-id': `51B0:${requests.length.toString(16).toUpperCase().padStart(6, '0')}`,
          'x-github-media-type': 'github.v3; format=json',
          'x-github-api-version-selected': String(request.headers['x-github-api-version'] ?? API_VERSIONS[0]),
          ...(kind === 'server' && { 'x-github-enterprise-version': SERVER_VERSION }),
          ...limits.headers(),
        };
    const reply = () => {
      record.status = answer.status;
      send(answer, headers, request, response);
      lastAnswer = performance.now();
      left(lastAnswer, epoch());
    };
    if (latencyMs === 0) {
      reply();
    } else {
      const timer = setTimeout(() => {
        timers.delete(timer);
        reply();
      }, latencyMs);
      timers.add(timer);
    }
  }

  const server = createServer({ keepAliveTimeout: 60_000 }, handle);
  server.on('connection', (_: Socket) => {
    connections += 1;
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  if (options.prepare) licenses.prepare(`${origin}${base}/enterprises/${enterprise.slug}/consumed-licenses`);

  return {
    url: `${origin}${base}`,
    get clock() {
      return { now: enterprise.now, elapsed: performance.now() - started };
    },
    enterprise,
    billing,
    copilot,
    visualStudio,
    requests,
    get mostInFlight() {
      return mostInFlight;
    },
    get connections() {
      return connections;
    },
    setFaults(rules) {
      faults = new Faults(rules);
    },
    async close() {
      for (const timer of timers) clearTimeout(timer);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function send(
  answer: Answer,
  headers: Record<string, string>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (answer.connection === 'hang') return;
  if (answer.connection === 'reset') {
    request.socket.resetAndDestroy();
    return;
  }
  const whole = answer.status === 200 && answer.connection === undefined && answer.body.length > 0;
  const compress = whole && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const body = compress ? gzipped(answer.body) : answer.body;
  response.writeHead(answer.status, {
    ...headers,
    ...answer.headers,
    ...(compress && { 'content-encoding': 'gzip', vary: 'Accept-Encoding' }),
    'content-length': body.length,
  });
  if (answer.connection === 'reset-body') {
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => request.socket.destroy());
    return;
  }
  response.end(request.method === 'HEAD' ? undefined : body);
}
