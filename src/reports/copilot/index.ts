/** The copilot report: who holds a seat, and who uses it. */
import { fold } from '../../common/text.ts';
import { count, counted } from '../../common/words.ts';
import { GitHubError } from '../../github/errors.ts';
import type { Inputs } from '../../inputs/index.ts';
import { type Absent, NOBODY_READ, notDelivered } from '../../metrics.ts';
import { type CopilotBill, PLAN_SKUS } from '../billing/copilot.ts';
import { type Candidate, distinctNames } from '../candidates/candidates.ts';
import { askCloud, type CloudOnly, type Context, NotOfferedError } from '../context.ts';
import { EMPTY_REPORT, type Notice, type ReportOf } from '../report.ts';
import { type CopilotSeats, fetchSeats, fetchTotal, seatsPath } from './fetch.ts';
import { measureCopilot, PLAN_NAMES, totalMeasures } from './measures.ts';
import { findHolders, type SeatHolder } from './people.ts';
import { copilotFigures, copilotSections } from './sections.ts';
import { copilotTable } from './tables.ts';

/** What is known of the seats, from which every part of the report follows. */
interface Facts extends CopilotSeats {
  readonly holders: readonly SeatHolder[];
  readonly inactiveAfterDays: number;
}

export interface CopilotReport extends ReportOf<'copilot'> {
  /** `undefined` with `people: false`. */
  readonly facts: Facts | undefined;
  /** Inactive seats, which could be given back; `undefined` with `people: false`. */
  readonly candidates: readonly Candidate[] | undefined;
}

/**
 * Who holds a Copilot seat, who uses it, and who could give it back. What the latter costs needs the bill: `addPrices`.
 *
 * @throws GitHubError, a NotOfferedError on an Enterprise Server
 */
export async function makeCopilotReport(context: Context): Promise<CopilotReport> {
  const { inputs, now } = context;
  const { people, inactiveAfterDays } = inputs;
  if (!people) return onTotal(await askCloud(inputs, CLOUD_ONLY, () => fetchTotal(context)));
  const seats = await askCloud(inputs, CLOUD_ONLY, () => fetchSeats(context));
  const holders = findHolders(seats.grants, now, inactiveAfterDays);
  const without = notDelivered('the billing report is not selected, which has the prices');
  return reportOn({ ...seats, holders, inactiveAfterDays }, without);
}

/** The same report with what seats cost, by the bill of the same run, or with the reason why nobody knows. */
export const addPrices = (report: CopilotReport, bill: CopilotBill | Absent): CopilotReport =>
  report.facts === undefined ? report : reportOn(report.facts, bill);

function reportOn(facts: Facts, bill: CopilotBill | Absent): CopilotReport {
  const { total, grants, holders, inactiveAfterDays } = facts;
  const measures = measureCopilot(total, holders, bill);
  const table = copilotTable(grants, holders);
  return {
    ...EMPTY,
    measures,
    figures: copilotFigures(measures),
    sections: copilotSections(holders, inactiveAfterDays, bill),
    tables: [table],
    files: [{ name: 'copilot', parts: [{ name: 'seats', table }] }],
    notices: noticesOn(facts),
    organizations: [...new Set(grants.map(({ organization }) => organization))].filter((name) => name !== ''),
    facts,
    candidates: holders.filter(({ state }) => state === 'inactive').map(inactiveCandidate),
  };
}

const inactiveCandidate = ({ login, grants, plan, lastActivity }: SeatHolder): Candidate => ({
  reason: 'copilot-inactive',
  key: `copilot ${fold(login)}`,
  person: { github_com_login: login, enterprise_server_user_ids: [], visual_studio_subscription_email: '' },
  organizations: distinctNames(grants.map(({ organization }) => organization)),
  ...(lastActivity && { lastActivity: lastActivity.date }),
  ...(plan && { sku: PLAN_SKUS[plan] }),
});

function noticesOn({ total, grants, holders }: Facts): Notice[] {
  const notices: Notice[] = [];
  const nobodys = grants.filter(({ login }) => login === '').length;
  if (nobodys > 0) {
    const text = `GitHub names nobody for ${counted(nobodys, 'Copilot grant')} of ${count(grants.length)}: these count in no state.`;
    notices.push({ level: 'notice', text });
  }
  if (total !== undefined && total !== holders.length) {
    const text = `GitHub counts ${counted(total, 'Copilot seat')} and lists ${counted(holders.length, 'person', 'people')} who hold one.`;
    notices.push({ level: 'notice', text });
  }
  const unknown = holders.filter(({ state }) => state === 'unknown').length;
  if (unknown > 0) {
    const text = `Copilot: ${counted(unknown, 'person', 'people')} with a date that cannot be read or lies ahead, who count in no state.`;
    notices.push({ level: 'notice', text });
  }
  return notices;
}

/** With `people: false`. */
function onTotal(total: number | undefined): CopilotReport {
  const measures = totalMeasures(total, NOBODY_READ);
  return {
    ...EMPTY,
    measures,
    figures: [{ label: 'Copilot seats', value: total, format: 'number' }],
    files: [{ name: 'copilot', parts: [] }],
    facts: undefined,
    candidates: undefined,
  };
}

const CLOUD_ONLY: CloudOnly = {
  describe: (host) =>
    `Copilot seats are not on ${host}: ask the enterprise on GitHub.com or GHE.com that has them (inputs \`api-url\` and \`enterprise\`, with a token of its owner).`,
  why: 'an Enterprise Server does not have Copilot seats',
};

const EMPTY = { ...EMPTY_REPORT, name: 'copilot', title: 'Copilot' } as const;

/**
 * What a 404 comes to beside the bill of the same run. One that contradicts the bill is told as what it is; one that the
 * token's scopes do not explain and that agrees with the bill shows an enterprise without Copilot, which `report: all`
 * leaves out. Any other error stays.
 */
export function explainMissing(
  error: unknown,
  bill: CopilotBill | undefined,
  { enterprise, everyReport }: Inputs,
): unknown {
  const isMissing = error instanceof GitHubError && error.kind === 'not-found' && error.status === 404;
  if (!isMissing || bill === undefined) return error;
  if (bill.plans.size === 0) {
    if (!everyReport || error.scopesSuffice !== true || !bill.isWhole) return error;
    const why = 'GitHub answers 404 to the list of Copilot seats, and the bill has none';
    return new NotOfferedError(`${why}.`, notDelivered(why), error);
  }
  const plans = [...bill.plans].map((plan) => `Copilot ${PLAN_NAMES[plan]}`).sort();
  return error.reworded(
    `GitHub answered 404 to GET ${seatsPath(enterprise)} although the bill has ${plans.join(' and ')}: this part of the API is reported to fail so for very large enterprises. ` +
      "See that the token's owner is an owner or billing manager and the token has the scope read:enterprise or manage_billing:copilot; if so, ask GitHub's support, and leave copilot out of `report` until it answers.",
  );
}
