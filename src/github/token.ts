/** What is known of a token: its kind, and the scopes that an answer tells. */
import type { Access } from './resource.ts';

/**
 * Kinds of tokens, told by their prefix:
 * https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github
 */
export type TokenKind = 'classic' | 'fine-grained' | 'installation' | 'user-to-server' | 'oauth';

const PREFIXES: Readonly<Record<string, TokenKind>> = {
  github_pat_: 'fine-grained',
  ghs_: 'installation',
  ghu_: 'user-to-server',
  gho_: 'oauth',
};

const NAMES: Readonly<Record<TokenKind, string>> = {
  classic: 'a personal access token (classic)',
  'fine-grained': 'a fine-grained personal access token (github_pat_…)',
  installation: 'an installation token of a GitHub App (ghs_…), as GITHUB_TOKEN is one',
  'user-to-server': 'a token that a GitHub App got for a user (ghu_…)',
  oauth: 'a token that an OAuth app got for a user (gho_…)',
};

/** `said` is GitHub's message, which tells more than a prefix that nobody knows. */
export function tokenKind(token: string, said: string): TokenKind {
  const prefix = Object.keys(PREFIXES).find((each) => token.startsWith(each));
  if (prefix !== undefined) return PREFIXES[prefix] as TokenKind;
  if (/not accessible by integration/i.test(said)) return 'installation';
  return /not accessible by (fine-grained )?personal access token/i.test(said) ? 'fine-grained' : 'classic';
}

/**
 * Why a token of this kind was refused, and what to use instead; `undefined` for the kind that GitHub documents.
 * All kinds are tried, because GitHub may take them one day.
 */
export function explainTokenKind(
  kind: TokenKind,
  { answered, says, status }: { answered: string; says: string; status: number },
  { scope, role, enterprise, appPermission }: Access,
): readonly ['token-kind', string] | undefined {
  if (kind === 'classic') return undefined;
  const owner = enterprise === undefined ? role : `${role} of the enterprise`;
  const app =
    kind === 'installation' && appPermission !== undefined
      ? ` An app can read it too, once it is installed on the enterprise with the permission ${appPermission}; GITHUB_TOKEN cannot.`
      : '';
  const otherwise =
    status === 404 && enterprise !== undefined
      ? ' If that is refused too, check the `enterprise` input.'
      : '';
  return [
    'token-kind',
    `${answered}: the token is ${NAMES[kind]}, which GitHub does not take for it.${says} Put a personal access token ` +
      `(classic) with the scope ${scope}, of ${owner}, into the \`token\` input.${app}${otherwise}`,
  ];
}

/** Scopes of classic tokens: https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps */
const IMPLIED: Readonly<Record<string, readonly string[]>> = {
  // Unlike `admin:enterprise`, `manage_billing:enterprise` does not bring `read:enterprise`.
  'admin:enterprise': [
    'manage_runners:enterprise',
    'manage_billing:enterprise',
    'read:enterprise',
    'scim:enterprise',
  ],
  'admin:org': ['write:org', 'read:org', 'manage_runners:org'],
  'write:org': ['read:org'],
};

export interface Scopes {
  readonly has: readonly string[];
  /** Any one of them suffices. Empty when GitHub does not say. */
  readonly needs: readonly string[];
  readonly suffice: boolean | undefined;
}

const list = (header: string): string[] =>
  header
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => /^[\w:.-]{1,60}$/.test(scope));

/**
 * What the answer's headers say about the token's scopes; `undefined` for tokens that have none (fine-grained tokens,
 * GitHub Apps) and answers that do not say.
 */
export function scopesOf(headers: Readonly<Record<string, string | undefined>>): Scopes | undefined {
  const had = headers['x-oauth-scopes'];
  if (typeof had !== 'string') return undefined;
  const has = list(had);
  const needs = list(String(headers['x-accepted-oauth-scopes'] ?? ''));
  const all = new Set(has);
  for (const scope of all) for (const implied of IMPLIED[scope] ?? []) all.add(implied);
  return { has, needs, suffice: needs.length === 0 ? undefined : needs.some((scope) => all.has(scope)) };
}
