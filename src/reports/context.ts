import type { Client } from '../github/client.ts';
import type { Inputs } from '../inputs/index.ts';
import type { ReportName } from '../metrics.ts';
import type { ReportOf } from './report.ts';

/** What a report is made from. */
export interface Context {
  readonly client: Client;
  readonly inputs: Inputs;
  /** The moment of the run: every age and every period is reckoned from it. */
  readonly now: Date;
  /** Tells how far a long fetch has come, such as ('seats', 1200, 5000); may be called as often as one likes. */
  readonly progress: (what: string, done: number, of: number | undefined) => void;
}

/** Fetches and summarises. Throws a GitHubError when nothing of the report could be made. */
export type MakeReport<Name extends ReportName> = (context: Context) => Promise<ReportOf<Name>>;
