/** What a person reads of the license sync. */

import { oneLine } from '../../common/text.ts';
import { count } from '../../common/words.ts';
import { withoutEmails } from '../../github/errors.ts';
import { type Measures, numberOf, published } from '../../metrics.ts';
import { folded, LICENSE_SYNC, section, table, text, VERIFIED_DOMAINS } from '../blocks.ts';
import type { Figure, Section, Text } from '../report.ts';
import { nameOf, type Server, type SyncState } from './measures.ts';

/** Servers that do not sync, and the oldest sync. */
export function syncFigures(servers: readonly Server[], measures: Measures): Figure[] {
  const wrong = servers.filter(({ state }) => state !== 'ok').length;
  return [
    {
      label: 'Servers not in sync',
      value: wrong,
      format: 'number',
      hint: `of ${count(servers.length)}`,
      ...(servers.length > 0 && { tone: wrong > 0 ? 'bad' : 'good' }),
      metrics: ['servers', 'servers-failing', 'servers-stale'],
    },
    ...(servers.length > 0
      ? [
          {
            label: 'Oldest sync',
            value: numberOf(measures, 'oldest-sync-days'),
            format: 'days',
            metrics: ['oldest-sync-days'],
          } as const,
        ]
      : []),
  ];
}

const ORDER: readonly SyncState[] = ['failing', 'unknown', 'stale', 'ok'];
const STATES: Readonly<Record<SyncState, string>> = {
  failing: '❌ failing',
  unknown: '❔ unknown',
  stale: '⚠️ stale',
  ok: '✅ ok',
};

/** Servers that need someone come first, with what to do about them. */
export function syncSections(servers: readonly Server[]): Section[] {
  if (servers.length === 0) {
    return section('', [
      text('No Enterprise Server is connected to this enterprise, so there is nothing to keep in sync.'),
    ]);
  }
  const sorted = servers.toSorted(
    (a, b) =>
      ORDER.indexOf(a.state) - ORDER.indexOf(b.state) ||
      (b.ageDays ?? Number.POSITIVE_INFINITY) - (a.ageDays ?? Number.POSITIVE_INFINITY) ||
      0,
  );
  return [
    ...section('', [
      table(
        { Server: 'text', State: 'text', 'Last sync': 'days', 'What is wrong': 'text' },
        sorted.map((server) => [
          nameOf(server),
          STATES[server.state],
          server.ageDays === undefined ? undefined : published(server.ageDays),
          describeProblem(server),
        ]),
        { limit: 20, file: 'sync-status.csv', isFile: true },
      ),
    ]),
    ...(servers.some(({ state }) => state !== 'ok') ? REMEDIES : []),
  ];
}

/** Characters of what a server says: a longer text is in the file. */
const MOST_SAID = 300;

/** What is wrong in our words, then what the server says of it, which gets it mended. */
function describeProblem({ remarks, error }: Server): Text {
  const said = oneLine(withoutEmails(error), MOST_SAID);
  if (said === '') return remarks.join('; ');
  return [remarks.join('; ') || 'succeeded, with an error text', { freeText: `: “${said}”` }];
}

const REMEDIES = folded(
  'How to bring a server in sync',
  [
    {
      kind: 'list',
      items: [
        'On the server: Enterprise settings → License → Sync now. It needs GitHub Connect with license sync turned on.',
        [
          'Or by hand: export the license usage file on the server, and upload it on GitHub.com under Enterprise Server instances. ',
          { link: LICENSE_SYNC, text: 'How to sync license usage' },
        ],
        [
          'Accounts are matched by email: only addresses on a ',
          { link: VERIFIED_DOMAINS, text: 'verified domain' },
          ' can be checked, and people without one are often those who hold two seats.',
        ],
      ],
    },
  ],
  'until then, people with an account on both sides can hold two seats',
);
