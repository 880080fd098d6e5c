/** Licenses that could be given back, as the reports of one run find them: who, why, and at what price. */
import { fold } from '../../common/text.ts';
import { cents, Sum } from '../billing/money.ts';
import type { Handles } from '../licenses/person.ts';
import { CERTAINTIES, type Certainty, LICENSES, type License, REASONS, type ReasonName } from './reasons.ts';

/** One person and one reason. */
export interface Candidate {
  readonly reason: ReasonName;
  /** The same in all candidates that come to one license of one person; for comparing only. */
  readonly key: unknown;
  /** Where there is more to say than the reason itself says. */
  readonly check?: string;
  readonly person: Handles;
  /** Organizations that hold the person, or grant the license. */
  readonly organizations: readonly string[];
  /** A date that can be read; absent where GitHub has none. */
  readonly lastActivity?: string;
  /** GitHub's identifier of what the bill calls the license; absent where it is not on the bill, or not known. */
  readonly sku?: string;
}

export interface PricedCandidate extends Candidate {
  /** US dollars a month before discounts; `undefined` where the bill has no price. */
  readonly cost: number | undefined;
}

/** `prices`: of a license for a month, by SKU. */
export const priceCandidates = (
  candidates: readonly Candidate[],
  prices: ReadonlyMap<string, number>,
): readonly PricedCandidate[] =>
  candidates.map((candidate) => ({
    ...candidate,
    cost: candidate.sku === undefined ? undefined : prices.get(candidate.sku),
  }));

const certaintyOf = ({ reason }: Candidate): Certainty => REASONS[reason].certainty;
export const licenseOf = ({ reason }: Candidate): License => REASONS[reason].license;

/** Of several candidates for one license of one person, the surest: each person once. */
export function surestOf<Given extends Candidate>(candidates: readonly Given[]): readonly Given[] {
  const rank = (candidate: Given) => CERTAINTIES.indexOf(certaintyOf(candidate));
  const surest = new Map<unknown, Given>();
  for (const candidate of candidates) {
    const known = surest.get(candidate.key);
    if (known === undefined || rank(candidate) < rank(known)) surest.set(candidate.key, candidate);
  }
  return [...surest.values()];
}

/** People who hold a seat and whose surest reason is `likely`: the metric `seats-reclaimable`. */
export const countReclaimable = (candidates: readonly Candidate[]): number =>
  surestOf(candidates).filter(
    (candidate) => licenseOf(candidate) === 'seat' && certaintyOf(candidate) === 'likely',
  ).length;

export interface Total {
  readonly license: License;
  readonly certainty: Certainty;
  readonly people: number;
  /** How many of them have a price, and what they cost a month. */
  readonly priced: number;
  readonly cost: number;
}

/** Distinct people under their surest reason, in the order of licenses and certainties; none of nobody. */
export function totalsOf(candidates: readonly PricedCandidate[]): readonly Total[] {
  const surest = surestOf(candidates);
  return LICENSES.flatMap((license) =>
    CERTAINTIES.flatMap((certainty) => {
      const found = surest.filter(
        (candidate) => licenseOf(candidate) === license && certaintyOf(candidate) === certainty,
      );
      return found.length === 0 ? [] : [{ license, certainty, people: found.length, ...costOf(found) }];
    }),
  );
}

/** Exact to the cent. */
export function costOf(candidates: readonly PricedCandidate[]): Pick<Total, 'priced' | 'cost'> {
  const costs = candidates.flatMap(({ cost }) => cost ?? []);
  const sum = new Sum();
  for (const cost of costs) sum.add(cost);
  return { priced: costs.length, cost: cents(sum.total) };
}

/** Each organization once, in any case, as first spelt. */
export const distinctNames = (names: readonly string[]): readonly string[] =>
  [...Map.groupBy(names.map((name) => name.trim()).filter(Boolean), fold).values()].flatMap(
    ([name]) => name ?? [],
  );
