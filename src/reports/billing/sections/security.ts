import { capitalized, count, counted } from '../../../common/words.ts';
import { COMMITTERS, callout, folded, section, table, text } from '../../blocks.ts';
import type { Block, Section } from '../../report.ts';
import type { Bill } from '../bill.ts';
import { type Committers, licensesOf } from '../committers.ts';
import { type Delivery, delivered } from '../delivery.ts';

/** Active committers of each product that GitHub told of, and the repositories that most of them work on. */
export const securitySections = ({ data }: Bill): Section[] => data.committers.flatMap(productSection);

function productSection(delivery: Delivery<Committers>): Section[] {
  const committers = delivered(delivery);
  if (committers === undefined) return [];
  const { active, listed, maximum } = committers;
  const licenses = licensesOf(committers);
  const missing = active === undefined || licenses === undefined ? 0 : active - licenses;
  const blocks = [
    ...(missing > 0 ? [describeRemedy(missing)] : []),
    ...(active !== undefined && active > 0 && licenses === undefined
      ? [
          text(
            'GitHub states no purchased licenses, as where committers are paid by usage: nothing says how many there may be.',
          ),
        ]
      : []),
    ...(active === undefined || listed === undefined || listed === active
      ? []
      : [
          text(
            `GitHub's total is ${count(active)}; the repositories list ${counted(listed, 'different person', 'different people')}.`,
          ),
        ]),
    ...topRepositories(committers),
  ];
  const facts = [
    `${active === undefined ? 'an unknown number' : count(active)} active${licenses === undefined ? '' : ` of ${count(licenses)} purchased`}`,
    ...(maximum === undefined ? [] : [`${count(maximum)} if enabled everywhere`]),
  ];
  const title = `${delivery.title} committers`;
  const conclusion = facts.join(', ');
  // What is over is not folded away.
  if (missing > 0) return section(title, [text(capitalized(conclusion), '.'), ...blocks]);
  return folded(title, blocks.length > 0 ? blocks : [text('GitHub lists no repositories.')], conclusion);
}

const describeRemedy = (missing: number): Block =>
  callout('caution', [
    {
      strong: `${counted(missing, 'committer')} more than purchased licenses.`,
    },
    ' Buy licenses, or turn the product off where it is least needed: ',
    {
      link: COMMITTERS,
      text: 'how committers are counted',
    },
    '.',
  ]);

function topRepositories({ repositories }: Committers): Block[] {
  if (repositories.length === 0) return [];
  return [
    table(
      { Repository: 'text', 'Active committers': 'number' },
      repositories
        .toSorted((a, b) => (b.committers ?? 0) - (a.committers ?? 0))
        .map(({ name, committers }) => [{ repository: name }, committers]),
      { limit: 10, file: 'committers.csv' },
    ),
  ];
}
