import type { Client } from '../github/client.ts';
import { GitHubError, isMissingOnServer } from '../github/errors.ts';
import type { Access } from '../github/resource.ts';
import type { Inputs } from '../inputs/index.ts';
import { type Absent, type ReportName, wrongHost } from '../metrics.ts';
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

/** The host does not have what a report is made of. `report: all` leaves it out then; naming it is an error. */
export class NotOfferedError extends GitHubError {
  /** Why its metrics have no value. */
  readonly absent: Absent;

  constructor(message: string, absent: Absent, cause?: GitHubError) {
    super('not-found', message, {
      ...(cause?.requestId !== undefined && { requestId: cause.requestId }),
      cause,
    });
    this.absent = absent;
  }
}

/** How a report of the cloud alone refuses an Enterprise Server. */
export interface CloudOnly {
  /** `host`: such as `GitHub Enterprise Server 3.19.1`. */
  readonly describe: (host: string) => string;
  /** Why its metrics have no value. */
  readonly why: string;
}

/**
 * Asks for what no Enterprise Server has. It is known by its answers; and nothing else may go without a slug.
 *
 * @throws GitHubError, a NotOfferedError on an Enterprise Server
 */
export async function askCloud<T>(
  { enterprise }: Inputs,
  { describe, why }: CloudOnly,
  ask: () => Promise<T>,
): Promise<T> {
  if (enterprise === '') throw new NotOfferedError(describe('an Enterprise Server'), wrongHost(why));
  try {
    return await ask();
  } catch (error) {
    if (!isMissingOnServer(error)) throw error;
    const host = `GitHub Enterprise Server ${error.serverVersion}`;
    throw new NotOfferedError(describe(host), wrongHost(why), error);
  }
}

/**
 * Fetches and summarises. Throws a NotOfferedError when the host does not have the report, any other GitHubError when
 * nothing of it could be made.
 */
export type MakeReport<Name extends ReportName> = (context: Context) => Promise<ReportOf<Name>>;

/** Who may read licenses: https://docs.github.com/enterprise-cloud@latest/rest/enterprise-admin/licensing */
export const licensingAccess = ({ enterprise }: Inputs): Access => ({
  scope: 'read:enterprise',
  role: 'an owner',
  enterprise,
});

/** Who may read Copilot seats: https://docs.github.com/enterprise-cloud@latest/rest/copilot/copilot-user-management */
export const copilotAccess = ({ enterprise }: Inputs): Access => ({
  scope: 'read:enterprise or manage_billing:copilot',
  role: 'an owner or billing manager',
  enterprise,
});

/** Who may read the bill: https://docs.github.com/enterprise-cloud@latest/rest/billing */
export const billingAccess = ({ enterprise }: Inputs): Access => ({
  scope: 'manage_billing:enterprise',
  role: 'an owner or billing manager',
  enterprise,
});
