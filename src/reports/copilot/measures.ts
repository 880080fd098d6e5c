/** Every metric of the copilot report, as pure functions. */
import Big from 'big.js';
import { counted } from '../../common/words.ts';
import {
  type Absent,
  allAbsent,
  type Measure,
  type MeasuresOf,
  notDelivered,
  nothing,
  peopleMetricsOf,
  published,
} from '../../metrics.ts';
import type { CopilotBill } from '../billing/copilot.ts';
import { cents } from '../billing/money.ts';
import type { SeatHolder, SeatState } from './people.ts';

/** `bill`: of the same run, or why there is none. */
export function measureCopilot(
  total: number | undefined,
  holders: readonly SeatHolder[],
  bill: CopilotBill | Absent,
): MeasuresOf<'copilot'> {
  if (holders.length === 0 && total !== 0) {
    const why = total === undefined ? 'sent no total_seats' : `counts ${counted(total, 'Copilot seat')}`;
    const unlisted = notDelivered(`GitHub ${why} and lists nobody who holds one`);
    return totalMeasures(total, unlisted);
  }
  const of = (state: SeatState) => holders.filter((holder) => holder.state === state);
  const inactive = of('inactive');
  return {
    'copilot-seats': total ?? NO_TOTAL,
    'copilot-seats-active': of('active').length,
    'copilot-seats-inactive': inactive.length,
    'copilot-seats-new': of('new').length,
    'copilot-seats-ending': of('ending').length,
    'copilot-seats-inactive-percent':
      holders.length === 0
        ? nothing('there is no Copilot seat')
        : published((inactive.length / holders.length) * 100),
    'copilot-inactive-cost': inactiveCost(inactive, bill),
  };
}

const NO_TOTAL = notDelivered('GitHub sent no total_seats');

/** Where nobody is listed, or nobody read. */
export const totalMeasures = (total: number | undefined, why: Absent): MeasuresOf<'copilot'> => ({
  'copilot-seats': total ?? NO_TOTAL,
  ...allAbsent(peopleMetricsOf('copilot'), why),
});

/** US dollars a month. Unknown as soon as the price of one person is. */
function inactiveCost(inactive: readonly SeatHolder[], bill: CopilotBill | Absent): Measure {
  if ('absent' in bill) return bill;
  const { prices } = bill;
  if ('absent' in prices) return prices;
  let cost = new Big(0);
  for (const [plan, people] of Map.groupBy(inactive, (holder) => holder.plan)) {
    if (plan === undefined) {
      const many = counted(people.length, 'inactive person', 'inactive people');
      return notDelivered(`GitHub does not say which plan of Copilot ${many} have`);
    }
    const price = prices.get(plan);
    if (price === undefined)
      return notDelivered(`the bill has no single price of a seat of Copilot ${PLAN_NAMES[plan]}`);
    cost = cost.plus(new Big(price).times(people.length));
  }
  return cents(cost);
}

export const PLAN_NAMES = { business: 'Business', enterprise: 'Enterprise' } as const;
