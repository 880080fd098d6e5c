/** What a person reads of the license sync. */

import { oneLine } from '../../common/text.ts';
import { withoutEmails } from '../../github/errors.ts';
import { type Measures, numberOf, published } from '../../metrics.ts';
import { callout, LICENSE_SYNC, table, text, VERIFIED_DOMAINS } from '../blocks.ts';
import type { Block, Figure, Section, Text } from '../report.ts';
import { nameOf, type Server, type SyncState } from './measures.ts';

/** Servers that fail or are out of date, all of them, and the oldest sync. */
export function syncFigures(measures: Measures): Figure[] {
  const count = (label: string, value: number | undefined): Figure => ({
    label,
    value,
    format: 'number',
    ...(value !== undefined && { tone: value > 0 ? 'bad' : 'good' }),
  });
  const servers = numberOf(measures, 'servers');
  if (servers === 0) return [{ label: 'Connected servers', value: 0, format: 'number' }];
  return [
    count('Servers failing to sync', numberOf(measures, 'servers-failing')),
    count('Servers out of date', numberOf(measures, 'servers-stale')),
    { label: 'Connected servers', value: servers, format: 'number' },
    { label: 'Oldest sync', value: numberOf(measures, 'oldest-sync-days'), format: 'days' },
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
  const title = 'License sync of Enterprise Servers';
  if (servers.length === 0) {
    const none = 'No Enterprise Server is connected to this enterprise, so there is nothing to keep in sync.';
    return [{ title, blocks: [text(none)] }];
  }
  const sorted = servers.toSorted(
    (a, b) =>
      ORDER.indexOf(a.state) - ORDER.indexOf(b.state) ||
      (b.ageDays ?? Number.POSITIVE_INFINITY) - (a.ageDays ?? Number.POSITIVE_INFINITY) ||
      0,
  );
  const wrong = servers.filter(({ state }) => state !== 'ok').length;
  return [
    {
      title,
      blocks: [
        ...(wrong > 0 ? remedies(wrong, servers.length) : []),
        table(
          { Server: 'text', State: 'text', 'Last sync': 'days', 'What is wrong': 'text' },
          sorted.map((server) => [
            nameOf(server),
            STATES[server.state],
            server.ageDays === undefined ? undefined : published(server.ageDays),
            describeProblem(server),
          ]),
          { limit: 20, file: 'sync-status.csv' },
        ),
      ],
    },
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

function remedies(wrong: number, all: number): Block[] {
  return [
    callout('warning', [
      { strong: `${wrong} of ${all} servers ${wrong === 1 ? 'is' : 'are'} not in sync.` },
      ' Until they are, people with an account on both sides can hold two seats.',
    ]),
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
  ];
}
