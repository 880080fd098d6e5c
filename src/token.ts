import { type Measures, nothing, published } from './metrics.ts';
import type { Notice } from './reports/report.ts';
import { counted } from './words.ts';

const DAY_MS = 86_400_000;
const WARNING_DAYS = 14;

/** `token-days-left`, and a warning in the last two weeks. `expires`: as GitHub says; `undefined` when it does not. */
export function tokenExpiry(
  expires: Date | undefined,
  now: Date,
): { readonly measures: Measures; readonly notices: readonly Notice[] } {
  if (!expires) {
    const why = 'GitHub does not say that the token expires';
    return { measures: { 'token-days-left': nothing(why) }, notices: [] };
  }
  const days = published((expires.getTime() - now.getTime()) / DAY_MS);
  const date = expires.toISOString().slice(0, 10);
  const when =
    expires < now ? `expired on ${date}` : `expires in ${counted(Math.floor(days), 'day')}, on ${date}`;
  return {
    measures: { 'token-days-left': days },
    notices:
      days <= WARNING_DAYS
        ? [{ level: 'warning', text: `The token ${when}: make a new one and replace the secret.` }]
        : [],
  };
}
