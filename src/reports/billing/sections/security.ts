import { count, counted } from '../../../common/words.ts';
import { COMMITTERS, callout, section, table, text } from '../../blocks.ts';
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
  const known = active !== undefined && licenses !== undefined ? { active, licenses } : undefined;
  const over = known && known.active > known.licenses;
  return section(`${delivery.title} committers`, [
    {
      kind: 'figures',
      figures: [
        {
          label: 'Active committers',
          value: active,
          format: 'number',
          ...(known && {
            hint: `of ${count(known.licenses)} purchased`,
            tone: over ? 'bad' : 'good',
          }),
        },
        ...(known
          ? [{ label: 'Available', value: known.licenses - known.active, format: 'number' } as const]
          : []),
        { label: 'If enabled everywhere', value: maximum, format: 'number' },
      ],
    },
    ...(active !== undefined && active > 0 && licenses === undefined
      ? [
          text(
            'GitHub states no purchased licenses, as where committers are paid by usage: nothing says how many there may be.',
          ),
        ]
      : []),
    ...(known && over ? [describeRemedy(known.active - known.licenses)] : []),
    ...(active === undefined || listed === undefined || listed === active
      ? []
      : [
          text(
            `GitHub's total is ${count(active)}; the repositories list ${count(listed)} different people.`,
          ),
        ]),
    ...topRepositories(committers),
  ]);
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
