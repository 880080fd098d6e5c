import { isIP } from 'node:net';
import { quote } from '../common/text.ts';
import type { Reader } from './readers.ts';

const EXAMPLE = 'https://api.github.com, or https://HOST/api/v3 of an Enterprise Server';

/**
 * Where a user name, a password, a query or a fragment may begin, in whatever spelling: an @, a ? or a #, and a colon
 * that is neither the scheme's nor a port's nor an IPv6 address's.
 */
const MAY_HOLD_A_PASSWORD = /@|%40|(?<!\/\/\[[\da-f:.]*):(?!\/\/|\d+(?:\/|$))/i;
const MAY_HOLD_A_QUERY = /[?#]|%3f|%23/i;

/** The URL without a trailing slash; '' after a problem, which repeats nothing that may be secret. */
export const readApiUrl: Reader<string> = (text, problem) => {
  const refuse = (rest: string): '' => {
    problem(rest);
    return '';
  };
  const plain = text.normalize('NFKC');
  if (MAY_HOLD_A_PASSWORD.test(plain))
    return refuse(
      `has a user name or password in it, or what may be one: give the token as the input token, and here only ${EXAMPLE}`,
    );
  if (MAY_HOLD_A_QUERY.test(plain)) return refuse(`has a ? or # in it: give only ${EXAMPLE}`);

  const url = /[\s\p{Cc}]/u.test(text) ? null : URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol))
    return refuse(`is ${quote(text)}; allowed is an https URL such as https://api.github.com`);
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    return refuse(`is ${quote(text)}; allowed is https only, since http shows the token to the network`);
  const api = apiOf(url.hostname);
  const href = url.href.replace(/\/+$/, '');
  if (api !== undefined && href !== api) return refuse(`is ${quote(text)}, which is no API; write ${api}`);
  return href;
};

/** The one base URL of the API on hosts that are GitHub's own. */
function apiOf(host: string): string | undefined {
  if (/^(www\.|api\.)?github\.com$/.test(host)) return 'https://api.github.com';
  if (!host.endsWith('.ghe.com')) return undefined;
  return host.startsWith('api.') ? `https://${host}` : `https://api.${host}`;
}

/** Where people open what belongs to an API; `undefined` where nobody can know. */
export function webHostOf(apiUrl: string): string | undefined {
  const url = URL.parse(apiUrl);
  if (url === null) return undefined;
  if (url.host === 'api.github.com' || /^api\..+\.ghe\.com$/.test(url.host))
    return url.host.slice('api.'.length);
  return url.pathname.endsWith('/api/v3') ? url.host : undefined;
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'))
  );
}
