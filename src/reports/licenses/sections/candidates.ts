/** What a person reads of the seats that could perhaps be given back. */
import { namedPeople, table, text } from '../../blocks.ts';
import type { Block, Inline, Section } from '../../report.ts';
import type { Candidates } from '../candidates.ts';

/** Nothing where there are no candidates. */
export function candidatesSections(candidates: readonly Candidates[]): Section[] {
  const found = candidates.filter(({ people }) => people.length > 0);
  if (found.length === 0) return [];
  return [
    {
      title: 'Seats that could be given back',
      blocks: [
        text(
          'Candidates to check, not facts: the data shows who holds a seat, and not whether it is needed.',
        ),
        table(
          {
            Candidates: 'text',
            People: 'number',
            'Who counts': 'text',
            'What to check': 'text',
            'GitHub’s documentation': 'text',
          },
          found.map(({ title, people, rule, check, source }) => [title, people.length, rule, check, source]),
        ),
        names(found),
      ],
    },
  ];
}

const names = (found: readonly Candidates[]): Block => ({
  kind: 'list',
  items: found.map(({ title, people }): readonly Inline[] => [
    { strong: title },
    ': ',
    ...namedPeople(people, 'licenses.csv'),
  ]),
});
