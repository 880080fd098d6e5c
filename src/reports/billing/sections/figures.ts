import { count } from '../../../common/words.ts';
import { type Measures, numberOf } from '../../../metrics.ts';
import type { Figure } from '../../report.ts';
import type { Bill } from '../bill.ts';
import { isLimiting } from '../budgets.ts';
import { licensesOf } from '../committers.ts';
import { byProduct } from '../costs.ts';
import { delivered } from '../delivery.ts';
import { dollars } from '../money.ts';

/** The numbers that matter: money where the host tells it, else committers of Advanced Security. */
export function billingFigures(bill: Bill, measures: Measures): readonly Figure[] {
  const figures = [...costFigures(bill, measures), ...budgetFigure(bill, measures)];
  return figures.length > 0 ? figures : committerFigures(bill);
}

function costFigures({ costs, period }: Bill, measures: Measures): Figure[] {
  if (costs === undefined) return [];
  const { gross, discount } = costs.total;
  const figures: Figure[] = [
    {
      label: period.isCurrent ? 'Net cost so far' : `Net cost in ${period.label}`,
      value: numberOf(measures, 'cost-net'),
      format: 'usd',
      hint: `${dollars(gross)} − ${dollars(discount)} discount`,
    },
  ];
  const forecast = numberOf(measures, 'cost-net-forecast');
  if (period.isCurrent && forecast !== undefined) {
    figures.push({
      label: 'Forecast',
      value: forecast,
      format: 'usd',
      hint: `all of ${period.label} at this pace`,
    });
  }
  const [top] = byProduct(costs.skuCosts);
  if (top !== undefined) {
    const hint = `${dollars(top.money.net)} net`;
    figures.push({ label: 'Most expensive product', value: top.label, format: 'text', hint });
  }
  return figures;
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
    },
  ];
}

const committerFigures = ({ data }: Bill): Figure[] =>
  data.committers.flatMap((section) => {
    const committers = delivered(section);
    if (committers === undefined) return [];
    const { active } = committers;
    const licenses = licensesOf(committers);
    const figure: Figure = { label: `${section.title} committers`, value: active, format: 'number' };
    if (active === undefined || licenses === undefined) return figure;
    return { ...figure, hint: `of ${count(licenses)} purchased`, tone: active > licenses ? 'bad' : 'good' };
  });
