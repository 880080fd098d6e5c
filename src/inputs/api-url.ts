import { isIP } from 'node:net';
import { quote } from '../text.ts';

/** @returns the URL without a trailing slash; '' after a problem */
export function readApiUrl(text: string, problem: (rest: string) => void): string {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) {
    problem(`is ${quote(text)}; allowed is an https URL such as https://api.github.com`);
    return '';
  }
  const host = url.hostname;
  const example =
    host === 'github.com' || host === 'www.github.com'
      ? 'https://api.github.com'
      : host.endsWith('.ghe.com') && !host.startsWith('api.')
        ? `https://api.${host}`
        : undefined;
  if (url.username || url.password)
    problem('has a user name or password in it: give the token as the input token');
  else if (url.protocol === 'http:' && !isLoopback(host))
    problem(`is ${quote(text)}; allowed is https only, since http shows the token to the network`);
  else if (url.search || url.hash) problem(`is ${quote(text)}; allowed is a URL without ? and #`);
  else if (example) problem(`is ${quote(text)}, which is no API; write ${example}`);
  return url.href.replace(/\/+$/, '');
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'))
  );
}
