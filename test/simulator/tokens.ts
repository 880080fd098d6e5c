/** What a token may read, and what GitHub tells about it. */
import type { Scope } from './routes.ts';

export interface Token {
  /** Of a classic token. Absent: a token that GitHub tells no scopes of, and that may read everything. */
  scopes?: readonly string[];
  /** `github-authentication-token-expiration`, such as `2026-12-31 00:00:00 UTC`. */
  expires?: string;
}

/** GitHub's scopes contain each other: `admin:enterprise` is all of an enterprise's. */
export function isAllowed({ scopes }: Token, scope: Scope | undefined): boolean {
  return scopes === undefined || scope === undefined || accepted(scope).some((one) => scopes.includes(one));
}

const accepted = (scope: Scope): string[] => {
  if (scope === 'site_admin') return ['site_admin', 'admin:enterprise', 'read:enterprise'];
  return ['admin:enterprise', scope, ...(scope === 'manage_billing:copilot' ? ['read:enterprise'] : [])];
};

/** The headers that every answer to a classic token has. */
export const tokenHeaders = (token: Token, scope: Scope | undefined): Record<string, string> => ({
  ...(token.scopes && {
    'x-oauth-scopes': token.scopes.join(', '),
    'x-accepted-oauth-scopes': scope ? accepted(scope).join(', ') : '',
  }),
  ...(token.expires && { 'github-authentication-token-expiration': token.expires }),
});
