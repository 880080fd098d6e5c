import { count } from '../../../common/words.ts';
import { type Measures, numberOf } from '../../../metrics.ts';
import { toneOfLeft } from '../../blocks.ts';
import type { Figure } from '../../report.ts';
import type { Bill } from '../bill.ts';
import { isLimiting } from '../budgets.ts';
import { licensesOf } from '../committers.ts';
import { delivered } from '../delivery.ts';
import { committerMetrics } from '../measures.ts';
import { dollars } from '../money.ts';

/** The numbers that matter: money where the host tells it, else committers of Advanced Security. */
export function billingFigures(bill: Bill, measures: Measures): readonly Figure[] {
  const figures = [...costFigures(bill, measures), ...budgetFigure(bill, measures)];
  return figures.length > 0 ? figures : committerFigures(bill);
}

function costFigures({ costs, period }: Bill, measures: Measures): Figure[] {
  if (costs === undefined) return [];
  const forecast = period.isCurrent ? numberOf(measures, 'cost-net-forecast') : undefined;
  const gross = `of ${dollars(costs.total.gross)} before discounts`;
  return [
    {
      label: period.isCurrent ? 'Net cost so far' : `Net cost in ${period.label}`,
      value: numberOf(measures, 'cost-net'),
      format: 'usd',
      hint: gross,
      metrics: ['cost-net', 'cost-gross', 'cost-discount'],
    },
    ...(forecast === undefined
      ? []
      : [
          {
            label: 'Forecast',
            value: forecast,
            format: 'usd',
            hint: `all of ${period.label} at this pace`,
            metrics: ['cost-net-forecast'],
          } as const,
        ]),
  ];
}

function budgetFigure({ budgets = [] }: Bill, measures: Measures): Figure[] {
  const over = numberOf(measures, 'budgets-over');
  if (over === undefined) return [];
  return [
    {
      label: 'Budgets used up',
      value: over,
      format: 'number',
      hint: `of ${count(budgets.filter(isLimiting).length)}`,
      tone: over > 0 ? 'bad' : 'good',
      metrics: ['budgets-over', 'budgets-highest-percent', 'user-budgets-over'],
    },
  ];
}

const committerFigures = ({ data }: Bill): Figure[] =>
  data.committers.flatMap((section) => {
    const committers = delivered(section);
    if (committers === undefined) return [];
    const { active } = committers;
    const licenses = licensesOf(committers);
    const figure: Figure = {
      label: `${section.title} committers`,
      value: active,
      format: 'number',
      metrics: committerMetrics(section.product),
    };
    if (active === undefined || licenses === undefined) return figure;
    return {
      ...figure,
      hint: `of ${count(licenses)} purchased`,
      tone: toneOfLeft(licenses - active, licenses),
    };
  });
