import { expect, test } from 'vitest';
import { authorizationLinks, debugLines, explain } from '../src/failures.ts';
import { GitHubError } from '../src/github/errors.ts';

const parsing = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
};

test('an answer that is cut off is quoted in neither the message nor the debug log', () => {
  const cause = parsing('{"emails": [mona@example.com');
  expect(String(cause)).toContain('mona');
  const error = new GitHubError('unreadable', 'the answer could not be read', { requestId: 'A1:B2', cause });
  const lines = debugLines(error);
  expect(lines[0]).toBe('request id: A1:B2');
  expect(lines.at(-1)).toBe('SyntaxError: no complete JSON');
  expect(lines.join('\n')).not.toContain('mona');
  expect(explain(cause)).not.toContain('mona');
});

test('any other error keeps its stack for the debug log', () => {
  expect(debugLines(new TypeError('a defect')).join('\n')).toMatch(/TypeError: a defect\n\s+at /);
});

const sso = (address: string) =>
  new GitHubError('sso', `GitHub answered 403: not authorized. Authorize it at ${address} and run again.`);

test.each([
  ['https://api.github.com', 'https://github.com/enterprises/acme/sso?authorization_request=A', true],
  ['https://api.github.com', 'https://github.com/orgs/acme/sso?authorization_request=A', true],
  ['https://api.acme.ghe.com', 'https://acme.ghe.com/enterprises/acme/sso?authorization_request=A', true],
  ['https://ghes.example:8443/api/v3', 'https://ghes.example:8443/enterprises/acme/sso', true],
  ['https://api.github.com', 'https://github.com.evil.example/enterprises/acme/sso', false],
  ['https://api.github.com', 'https://github.com@evil.example/sso', false],
  ['https://api.github.com', 'https://user:x@github.com/sso', false],
  ['https://api.github.com', 'https://github.com:444/sso', false],
  ['https://api.github.com', 'https://api.github.com/sso', false],
  ['https://api.acme.ghe.com', 'https://github.com/enterprises/acme/sso', false],
  ['https://api.acme.ghe.com', 'https://other.ghe.com/enterprises/acme/sso', false],
  ['https://ghes.example/api/v3', 'https://github.com/enterprises/acme/sso', false],
  ['https://proxy.example/github', 'https://proxy.example/sso', false],
  ['https://api.github.com', 'https://github.com/enterprises/acme/sso?cut=…', false],
])('for %s the address %s of a single sign-on is a link: %s', (apiUrl, address, isLink) => {
  expect(authorizationLinks(sso(address), apiUrl)).toEqual(isLink ? [address] : []);
});

test('of no other error anything is a link', () => {
  const message = 'GitHub says: “Authorize it at https://github.com/login and run again.”';
  expect(authorizationLinks(new GitHubError('forbidden', message), 'https://api.github.com')).toEqual([]);
  expect(authorizationLinks(new Error(message), 'https://api.github.com')).toEqual([]);
});
