import { DAY } from './common/values.ts';
import { counted } from './common/words.ts';
import { type MeasuresOf, notDelivered, nothing, published } from './metrics.ts';
import type { Notice } from './reports/report.ts';

const WARNING_DAYS = 14;

/** `token-days-left`, and a warning in the last two weeks. `expires`: as GitHub says, `undefined` when it does not. */
export function tokenExpiry(
  expires: Date | 'unreadable' | undefined,
  now: Date,
): { readonly measures: MeasuresOf<'any'>; readonly notices: readonly Notice[] } {
  if (!expires) {
    const why = 'GitHub does not say that the token expires';
    return { measures: { 'token-days-left': nothing(why) }, notices: [] };
  }
  if (expires === 'unreadable') {
    const why = 'GitHub says when the token expires in a form that cannot be read';
    return { measures: { 'token-days-left': notDelivered(why) }, notices: [] };
  }
  const days = published((expires.getTime() - now.getTime()) / DAY);
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
