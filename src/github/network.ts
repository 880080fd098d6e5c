/** Turns a request that got no answer into the message that the user reads. */
import { excerpt, type FailureKind, GitHubError } from './errors.ts';
import { type Attempted, afterAttempts } from './explain.ts';
import { duration } from './limits/limit.ts';
import { TunnelError } from './proxy.ts';
import { TimeLimitError, type TimeLimits } from './time-limits.ts';
import { TooLongError } from './transport.ts';

/** The error and what it was caused by, outermost first: `fetch` hides the reason behind "fetch failed". */
function* causes(error: unknown): Generator<Error & { code?: unknown }> {
  for (let depth = 0; error instanceof Error && depth < 10; depth += 1) {
    yield error;
    error = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error.cause;
  }
}

const TLS =
  /^(CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|ERR_TLS_|ERR_SSL_|EPROTO$|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH_EXCEEDED|CRL_)/;

/** Whether nothing at all came within the time limit. */
export const isSilence = (error: unknown): boolean =>
  [...causes(error)].some((each) => each instanceof TimeLimitError && each.limit === 'headers');

/** Why there was no answer that could be used. */
export function explainNetwork(error: unknown, attempted: Attempted): GitHubError {
  const chain = [...causes(error)];
  const codes = chain.map(({ code }) => code).filter((code): code is string => typeof code === 'string');
  const code = codes.at(-1) ?? chain.at(-1)?.name ?? 'unknown error';
  const detail = excerpt(chain.findLast(({ message }) => message !== '')?.message ?? error, attempted.token);
  const host = excerpt(URL.parse(attempted.apiUrl)?.host ?? attempted.apiUrl, attempted.token, 100);
  const failed = `${attempted.what} got no answer${afterAttempts(attempted)}`;
  const make = (kind: FailureKind, why: string) =>
    new GitHubError(kind, `${failed}: ${why}`, { cause: withoutToken(error, attempted.token) });

  if (chain.some((each) => each instanceof TooLongError)) {
    return new GitHubError(
      'too-long',
      `GitHub's answer to ${attempted.what} is longer than the 512 MB that Node.js can hold in one text. It is not asked ` +
        'for again. Leave the report that needs it out of `report`, and tell the maintainers of this action.',
    );
  }
  const tunnel = chain.find((each) => each instanceof TunnelError);
  if (tunnel) return make(...explainTunnel(tunnel, { codes, code, detail, host }));
  if (codes.some((each) => each === 'ENOTFOUND' || each === 'EAI_AGAIN')) {
    return make(
      'dns',
      `the name of the host could not be resolved (${detail}). Check the \`api-url\` input (${host}), and the ` +
        'runner’s DNS and proxy settings.',
    );
  }
  const tls = codes.find((each) => TLS.test(each));
  if (tls !== undefined) {
    return make(
      'tls',
      `the secure connection to ${host} could not be made (${excerpt(tls, '')}: ${detail}). ${tlsRemedy(tls)}`,
    );
  }
  const late = chain.find((each) => each instanceof TimeLimitError);
  if (late) return make('network', explainDelay(late));
  if (codes.includes('ECONNREFUSED')) {
    return make(
      'network',
      `${host} refuses connections (ECONNREFUSED). Check the \`api-url\` input and the runner's network and proxy settings.`,
    );
  }
  return make(
    'network',
    `the connection to ${host} broke or could not be made (${excerpt(code, '')}: ${detail}). ` +
      "Run again later, and check the runner's network and proxy settings.",
  );
}

const DELAYS: Readonly<Record<keyof TimeLimits, (limit: string) => string>> = {
  headers: (limit) => `nothing came within ${limit}, connecting included.`,
  chunk: (limit) => `it began, and then nothing came for ${limit}.`,
  attempt: (limit) => `it was not complete after ${limit}.`,
  request: (limit) => `it was not complete after ${limit}, repetitions and waits included.`,
};

const explainDelay = ({ limit, milliseconds }: TimeLimitError): string =>
  `${DELAYS[limit](duration(milliseconds))} Run again later, or with a lower \`concurrency\`.`;

/** Why the proxy gave no tunnel to `host`. */
function explainTunnel(
  { proxy, status, cause }: TunnelError,
  { codes, code, detail, host }: { codes: readonly string[]; code: string; detail: string; host: string },
): ['dns' | 'tls' | 'proxy' | 'network', string] {
  const variable = `\`${proxy.variable}\``;
  const name = `the proxy ${excerpt(proxy.url.host, '', 100)}`;
  const scheme = proxy.hasScheme
    ? ''
    : ` ${variable} says neither http:// nor https://, and was read as http://.`;
  if (status === 407) {
    return proxy.authorization === undefined
      ? [
          'proxy',
          `${name} asks for a login (407). Write it into ${variable}: http://USER:PASSWORD@HOST:PORT.`,
        ]
      : ['proxy', `${name} does not accept the login (407) that stands in ${variable}.`];
  }
  if (status !== undefined && status >= 500) {
    return [
      'network',
      `${name} did not get through to ${host} (${status}). Run again later, and check ${variable} and \`no_proxy\`.`,
    ];
  }
  if (status !== undefined) {
    return [
      'proxy',
      `${name} refused the connection to ${host} (${status}). Have it allow this host, or check ${variable} and \`no_proxy\`.`,
    ];
  }
  if (codes.some((each) => each === 'ENOTFOUND' || each === 'EAI_AGAIN')) {
    return ['dns', `the name of ${name} could not be resolved (${detail}). Check ${variable}.${scheme}`];
  }
  const tls = codes.find((each) => TLS.test(each));
  if (tls !== undefined) {
    return [
      'tls',
      `the secure connection to ${name} could not be made (${excerpt(tls, '')}: ${detail}). ` +
        `Where the proxy speaks no TLS itself, write http:// into ${variable}. ${tlsRemedy(tls)}`,
    ];
  }
  if (codes.includes('ECONNREFUSED')) {
    return [
      'network',
      `${name} refuses connections (ECONNREFUSED). Check host and port in ${variable}.${scheme}`,
    ];
  }
  if (isSilence(cause) || codes.some((each) => /^UND_ERR_(CONNECT|HEADERS)_TIMEOUT$/.test(each))) {
    return [
      'network',
      `${name} took too long over a tunnel to ${host}. Check ${variable}, and that the proxy allows the host.${scheme}`,
    ];
  }
  if (codes.includes('UND_ERR_SOCKET') || codes.includes('ECONNRESET')) {
    return [
      'network',
      `${name} closed the connection without an answer. Check that ${variable} names a proxy for HTTP, and that it ` +
        `allows ${host}.${scheme}`,
    ];
  }
  return [
    'network',
    `the connection to ${name} broke or could not be made (${excerpt(code, '')}: ${detail}). Check ${variable}.${scheme}`,
  ];
}

function tlsRemedy(code: string): string {
  if (code === 'CERT_HAS_EXPIRED')
    return 'The certificate has expired: the host, or a proxy in between, must renew it.';
  if (code === 'CERT_NOT_YET_VALID') return "The certificate is not valid yet: check the runner's clock.";
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return 'The certificate is for another name: check the `api-url` input.';
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_'))
    return 'The host does not speak TLS there: check the `api-url` input and the proxy settings.';
  return 'Where the certificate is of a private authority, set NODE_EXTRA_CA_CERTS to the file of its certificate on the runner.';
}

/** Causes go to the debug log; `fetch` quotes a header that it finds invalid. */
const withoutToken = (error: unknown, token: string): unknown =>
  [...causes(error)].some((each) => `${each.message}${each.stack}`.includes(token)) ? undefined : error;
