/**
 * The metrics that follow from what was served, reckoned anew from the contract: nothing of the action is used.
 *
 * What cannot be told from the body (a count that is a text, say) is `Unreadable`, and then the action must not
 * publish it either.
 */
import type { Answers } from './answers.ts';
import { bills } from './expected-bills.ts';
import { COPILOT, copilotSeats, copilotTotal } from './expected-copilot.ts';
import { licensePrices } from './expected-prices.ts';
import {
  CLOUD_SEATS,
  cloudSeats,
  SERVER_SEATS,
  SUBSCRIPTIONS,
  seatTotals,
  serverSeats,
  subscriptions,
} from './expected-seats.ts';
import { SYNC, syncs } from './expected-syncs.ts';
import { blank, deliveries, type Metrics } from './reading.ts';

/** What a metric may be: `undefined` is no value. Metrics that are missing here are not reckoned. */
export type Expected = Map<string, Set<Metrics[string]>>;

export interface Situation {
  readonly isServer: boolean;
  readonly reports: readonly string[];
  readonly isPast: boolean;
  /** Whether people are read, or the totals of the first page alone. */
  readonly people: boolean;
  readonly staleAfterDays: number;
  readonly inactiveAfterDays: number;
}

export function expectedMetrics(answers: Answers, situation: Situation): Expected {
  const expected: Expected = new Map();
  const allow = (metrics: Metrics) => {
    for (const [name, value] of Object.entries(metrics)) {
      const values = expected.get(name) ?? new Set();
      expected.set(name, values.add(value));
    }
  };
  const { reports, isServer, people } = situation;
  const prices = licensePrices(answers, situation);
  if (reports.includes('licenses')) {
    const seats = isServer
      ? deliveries(answers['enterprise/settings/license'], serverSeats)
      : deliveries(answers['consumed-licenses'], people ? (all) => cloudSeats(all, prices) : seatTotals);
    for (const metrics of seats) allow(metrics ?? blank(isServer ? SERVER_SEATS : CLOUD_SEATS));
    // They are asked for once people are listed.
    const lists =
      isServer || !people
        ? [undefined]
        : seats.flatMap((metrics) =>
            metrics === undefined
              ? [undefined]
              : deliveries(answers['visual-studio-subscriptions'], subscriptions),
          );
    for (const metrics of lists) allow(metrics ?? blank(SUBSCRIPTIONS));
  }
  if (reports.includes('sync-status')) {
    const servers = isServer
      ? [undefined]
      : deliveries(answers['license-sync-status'], (all) => syncs(all, situation.staleAfterDays));
    for (const metrics of servers) allow(metrics ?? blank(SYNC));
  }
  if (reports.includes('billing')) for (const metrics of bills(answers, situation)) allow(metrics);
  if (reports.includes('copilot')) {
    const seats = isServer
      ? [undefined]
      : deliveries(answers['copilot/billing/seats'], (all) =>
          people ? copilotSeats(all, situation.inactiveAfterDays, prices) : copilotTotal(all),
        );
    for (const metrics of seats) allow(metrics ?? blank(COPILOT));
  }
  return expected;
}
