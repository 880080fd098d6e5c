import { readFileSync } from 'node:fs';
import type { Notice } from './reports/report.ts';

/** What a run writes about people is as public as the repository that it runs in. */
export function visibilityNotices(
  env: Readonly<Record<string, string | undefined>>,
  redacted: boolean,
): readonly Notice[] {
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
