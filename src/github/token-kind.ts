/**
 * Kinds of tokens, told by their prefix:
 * https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github
 */
import type { Access } from './resource.ts';

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
