import { context } from '@actions/github';
import type { Notice } from './reports/report.ts';

/** What a run writes about people is as public as the repository that it runs in. */
export function visibilityNotices(redacted: boolean): readonly Notice[] {
  const repository = context.payload.repository;
  const isPublic = repository?.visibility === 'public' || repository?.private === false;
  if (redacted || !isPublic) return [];
  const text =
    'This repository is public, and so are this summary and every artifact of the run, with the names and emails in the files. Use a private repository, or set `redact-key`.';
  return [{ level: 'warning', text }];
}
