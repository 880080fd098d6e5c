/** What every run tells, whatever it reports: when its token expires, and who can see what it writes. */
import { readFileSync } from 'node:fs';
import { DAY } from './common/dates.ts';
import type { Environment } from './common/documents.ts';
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

/** What a run writes about people is as public as the repository that it runs in. */
export function visibilityNotices(env: Environment, redacted: boolean): readonly Notice[] {
  const repository = repositoryOf(env.GITHUB_EVENT_PATH);
  const isPublic = repository?.visibility === 'public' || repository?.private === false;
  if (redacted || !isPublic) return [];
  const text =
    'This repository is public, and so are this summary and every artifact of the run, with the names and emails in the files. Use a private repository, or set `redact-key`.';
  return [{ level: 'warning', text }];
}

/** What the file of the event says of the repository; `undefined` where it cannot be read, which is no reason to fail. */
function repositoryOf(file = ''): { visibility?: unknown; private?: unknown } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).repository;
  } catch {
    return undefined;
  }
}
