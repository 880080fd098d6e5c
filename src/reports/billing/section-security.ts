import { count, counted } from '../../words.ts';
import { callout, section, table, text } from '../blocks.ts';
import type { Block, Section } from '../report.ts';
import type { Bill } from './bill.ts';
import { DOCS } from './blocks.ts';
import type { Committers } from './committers.ts';
import { delivered, type Fetched } from './outcome.ts';

/** Active committers of each product that GitHub told of, and the repositories that most of them work on. */
export const securitySections = ({ data }: Bill): Section[] => data.committers.flatMap(productSection);

function productSection(fetched: Fetched<Committers>): Section[] {
  const committers = delivered(fetched);
  if (committers === undefined) return [];
  const { active, listed, maximum, purchased } = committers;
  const over = purchased !== undefined && active > purchased;
  return section(`${fetched.title} committers`, [
    {
      kind: 'figures',
      figures: [
        {
          label: 'Active committers',
          value: active,
          format: 'number',
          ...(purchased !== undefined && {
            hint: `of ${count(purchased)} purchased`,
            tone: over ? 'bad' : 'good',
          }),
        },
        ...(purchased === undefined
          ? []
          : [{ label: 'Available', value: purchased - active, format: 'number' } as const]),
        { label: 'If enabled everywhere', value: maximum, format: 'number' },
      ],
    },
    ...(over ? [whatToDo(active - purchased)] : []),
    ...(listed === active
      ? []
      : [text(`GitHub's total is ${active}; the repositories list ${listed} different people.`)]),
    ...topRepositories(committers),
  ]);
}

const whatToDo = (missing: number): Block =>
  callout('caution', [
    {
      strong: `${counted(missing, 'committer')} more than purchased licenses.`,
    },
    ' Buy licenses, or turn the product off where it is least needed: ',
    {
      link: `${DOCS}/billing/concepts/product-billing/github-advanced-security`,
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
        .toSorted((a, b) => b.committers - a.committers)
        .map(({ name, committers }) => [{ repository: name }, committers]),
      { limit: 10, file: 'committers.csv' },
    ),
  ];
}
