/** Pages on GitHub's web host that the reader of a report may want to open next. */
import { webHostOf } from './inputs/api-url.ts';

export interface Page {
  readonly link: string;
  readonly text: string;
}

/** Where the enterprise's own list of licenses is; nothing where nobody can know the host. */
export function licensingPage(enterprise: string, apiUrl: string): readonly Page[] {
  const host = webHostOf(apiUrl);
  if (host === undefined || enterprise === '') return [];
  const { protocol, pathname } = new URL(apiUrl);
  const path = pathname.endsWith('/api/v3') ? 'settings/license' : 'enterprise_licensing';
  const link = `${protocol}//${host}/enterprises/${encodeURIComponent(enterprise)}/${path}`;
  return [{ link, text: `Licensing of ${enterprise}` }];
}

/** This run of the workflow; nothing where the runner does not say which it is. */
export function runPage(env: Readonly<Record<string, string | undefined>>): readonly Page[] {
  const { GITHUB_SERVER_URL: server = '', GITHUB_REPOSITORY: repository = '', GITHUB_RUN_ID: run = '' } = env;
  const isKnown =
    /^https:\/\/[\w.:-]+$/.test(server) && /^[\w.-]+\/[\w.-]+$/.test(repository) && /^\d+$/.test(run);
  return isKnown ? [{ link: `${server}/${repository}/actions/runs/${run}`, text: 'This run' }] : [];
}
