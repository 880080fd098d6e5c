/** What a person reads of the licenses report. */

import { byName } from '../../../common/text.ts';
import { count, counted } from '../../../common/words.ts';
import { type Measures, type MetricName, numberOf } from '../../../metrics.ts';
import { callout, LICENSE_SYNC, section, table, text, VERIFIED_DOMAINS } from '../../blocks.ts';
import type { Block, Cell, Figure, Section, TableBlock } from '../../report.ts';
import type { CloudLicenses, ServerLicenses } from '../fetch.ts';
import type { Person } from '../fields.ts';
import { isListEmpty } from '../measures.ts';
import { isVisualStudio } from '../person.ts';

/** Seats available, consumed, purchased: the three numbers that matter. */
export function seatFigures(measures: Measures, unlimited = false): readonly Figure[] {
  const available = numberOf(measures, 'seats-available');
  const percent = numberOf(measures, 'seats-used-percent');
  const over = available !== undefined && available < 0;
  return [
    {
      label: over ? 'Seats over' : 'Seats available',
      value: unlimited ? 'unlimited' : available === undefined ? undefined : Math.abs(available),
      format: 'number',
      ...(available !== undefined && { tone: over ? 'bad' : 'good' }),
    },
    {
      label: 'Seats consumed',
      value: numberOf(measures, 'seats-consumed'),
      format: 'number',
      ...(percent !== undefined && { hint: `${percent} % of the purchased` }),
    },
    {
      label: 'Seats purchased',
      value: unlimited ? 'unlimited' : numberOf(measures, 'seats-purchased'),
      format: 'number',
    },
  ];
}

/** How the seats are to be read where they may be paid by usage. */
function usageSections(measures: Measures): readonly Section[] {
  const consumed = numberOf(measures, 'seats-consumed') ?? 0;
  const purchased = numberOf(measures, 'seats-purchased');
  if (consumed > 0 && !purchased && numberOf(measures, 'seats-available') === undefined) {
    const none =
      purchased === 0 ? 'No seat is purchased' : 'GitHub does not say how many seats are purchased';
    const note = `${none}, so the enterprise may pay by usage. Nothing says how many seats it may use. Set a bound on those that it does: `;
    return section('Seats paid by usage', [
      callout('note', [note, { code: 'seats-consumed: above N' }, '.']),
    ]);
  }
  if (!numberOf(measures, 'seats-over')) return [];
  return section('Seats over', [
    callout(
      'note',
      'Where an enterprise pays by usage beside a volume agreement, such as that of Visual Studio subscriptions, only those of the agreement are purchased. Seats over are then metered, and no breach.',
    ),
  ]);
}

/** Who holds the seats of an enterprise on the cloud, and whom to look into. */
export function cloudSections(licenses: CloudLicenses, measures: Measures): readonly Section[] {
  const seats = usageSections(measures);
  if (isListEmpty(licenses)) return [...seats, { title: 'Who holds the seats', blocks: listing(licenses) }];
  return [
    ...seats,
    { title: 'Who holds the seats', blocks: [byKind(measures), ...listing(licenses)] },
    { title: 'To look into', blocks: [hygiene(measures), ...verifiedDomains(measures)] },
    {
      title: 'Licenses and roles',
      collapsed: true,
      blocks: [
        labelled('License type', licenses.people, (person) => [
          person.license_type.toLowerCase() || 'not stated',
        ]),
        labelled('Visual Studio subscription', licenses.people, (person) => [visualStudio(person)]),
        labelled('Enterprise role', licenses.people, (person) =>
          person.github_com_enterprise_roles.length > 0
            ? person.github_com_enterprise_roles.map((role) => role.toLowerCase())
            : ['none'],
        ),
      ],
    },
  ];
}

/** Where nobody is read. */
export const totalsSections = (measures: Measures): readonly Section[] => [
  ...usageSections(measures),
  ...section('Who holds the seats', [
    text('This run read the totals alone (', { code: 'people: false' }, '), and nobody who holds a seat.'),
  ]),
];

function byKind(measures: Measures): TableBlock {
  const kinds: readonly (readonly [string, number | undefined])[] = [
    ['Cloud only', numberOf(measures, 'users-cloud-only')],
    ['Enterprise Server only', numberOf(measures, 'users-server-only')],
    ['Cloud and Enterprise Server', numberOf(measures, 'users-cloud-and-server')],
  ];
  const users = numberOf(measures, 'users') ?? 0;
  // Unknown as soon as one of the kinds is.
  const others = kinds.reduce<number | undefined>(
    (left, [, count]) => (left === undefined || count === undefined ? undefined : left - count),
    users,
  );
  const rows = others ? [...kinds, ['Neither (invited, or Visual Studio only)', others] as const] : kinds;
  return table(
    { Account: 'text', People: 'number', Share: 'percent' },
    rows.map(([kind, count]) => [kind, count, share(count, users)]),
    { chart: { type: 'pie', title: 'People by account', x: 'Account', y: 'People' } },
  );
}

const share = (count: number | undefined, whole: number): number | undefined =>
  count === undefined || whole === 0 ? undefined : Math.round((count / whole) * 1000) / 10;

/** People listed and seats consumed need not be the same number: say by how much they differ, not why we would guess. */
function listing({ people, totals, repeatedRows, totalsMoved }: CloudLicenses): readonly Block[] {
  const difference = totals.consumed === undefined ? undefined : people.length - totals.consumed;
  const sentences = [
    isListEmpty({ people, totals })
      ? `GitHub lists nobody, and ${totals.consumed === undefined ? 'sent no number of consumed seats' : `counts ${counted(totals.consumed, 'seat')} as consumed`}: nothing is known about people.`
      : difference === undefined
        ? `GitHub lists ${count(people.length)} people and sent no number of consumed seats to compare with.`
        : difference === 0
          ? `GitHub lists ${count(people.length)} people, one for each consumed seat.`
          : `GitHub lists ${count(people.length)} people, ${count(Math.abs(difference))} ${difference > 0 ? 'more' : 'fewer'} than the ${count(totals.consumed ?? 0)} seats it counts as consumed.`,
    repeatedRows > 0 &&
      `${count(repeatedRows)} ${repeatedRows === 1 ? 'row repeated a person' : 'rows repeated people'} already listed and ${repeatedRows === 1 ? 'was' : 'were'} counted once.`,
    totalsMoved && 'The totals changed while the pages were read; the newest are shown.',
  ].filter((sentence) => typeof sentence === 'string');
  return [text(sentences.join(' '))];
}

function hygiene(measures: Measures): TableBlock {
  const rows: readonly (readonly [string, MetricName])[] = [
    ['Without two-factor authentication', 'users-without-two-factor'],
    ['Without an email on a verified domain', 'users-without-verified-email'],
    ['With a pending invitation', 'users-with-pending-invitation'],
    ['Outside collaborators', 'users-outside-collaborator'],
    ['With a Visual Studio subscription', 'users-visual-studio'],
  ];
  return table(
    { People: 'text', Count: 'number' },
    rows.map(([label, metric]) => [label, numberOf(measures, metric)]),
    { file: 'licenses.csv' },
  );
}

/** Where no domain is verified, nobody can have an email on one. */
function verifiedDomains(measures: Measures): readonly Block[] {
  const without = numberOf(measures, 'users-without-verified-email') ?? 0;
  const cloud =
    (numberOf(measures, 'users-cloud-only') ?? 0) + (numberOf(measures, 'users-cloud-and-server') ?? 0);
  if (without === 0 || without < cloud) return [];
  return [
    text(
      'Nobody has an email on a verified domain, as where the enterprise has verified no domain: ',
      { text: 'how to verify one', link: VERIFIED_DOMAINS },
      '.',
    ),
  ];
}

function visualStudio(person: Person): string {
  if (person.visual_studio_subscription_user === null) return 'not stated';
  if (!isVisualStudio(person)) return 'none';
  return person.visual_studio_license_status.toLowerCase() || 'status not stated';
}

/** How many people carry each label, the most frequent first. A person can carry several. */
function labelled(
  label: string,
  people: readonly Person[],
  labels: (person: Person) => readonly string[],
): TableBlock {
  const counts = new Map<string, number>();
  for (const person of people) {
    for (const name of labels(person)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const rows: Cell[][] = [...counts]
    .sort((a, b) => b[1] - a[1] || byName(a[0], b[0]))
    .map(([name, count]) => [name, count]);
  return table({ [label]: 'text', People: 'number' }, rows, { limit: 10, file: 'licenses.csv' });
}

/** The license of an Enterprise Server. */
export function serverSections({ license }: ServerLicenses, measures: Measures): readonly Section[] {
  const days = numberOf(measures, 'license-days-left');
  return [
    ...usageSections(measures),
    {
      title: 'License of the server',
      blocks: [
        table({ License: 'text', Value: 'text' }, [
          ['Kind', license.kind ?? undefined],
          ['Expires', license.expire_at ?? undefined],
          ['Days left', days === undefined ? undefined : count(days)],
        ]),
        text(
          'An Enterprise Server does not list its people here. Where they also count against a cloud enterprise, run the licenses report against that enterprise, and ',
          { text: 'sync its license usage', link: LICENSE_SYNC },
          '.',
        ),
      ],
    },
  ];
}
