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
