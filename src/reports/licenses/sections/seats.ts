/** What a person reads of the licenses report. */

import { byName } from '../../../common/text.ts';
import { capitalized, count, counted } from '../../../common/words.ts';
import { type Measures, type MetricName, numberOf } from '../../../metrics.ts';
import {
  callout,
  folded,
  LICENSE_SYNC,
  section,
  table,
  text,
  toneOfLeft,
  VERIFIED_DOMAINS,
} from '../../blocks.ts';
import type { Block, Cell, Figure, Section, TableBlock } from '../../report.ts';
import type { CloudLicenses, ServerLicenses } from '../fetch.ts';
import type { Person } from '../fields.ts';
import { isListEmpty } from '../measures.ts';
import { isVisualStudio } from '../person.ts';

/** Seats left or over, and how many are consumed of those purchased. */
export function seatFigures(measures: Measures, unlimited = false): readonly Figure[] {
  const available = numberOf(measures, 'seats-available');
  const purchased = numberOf(measures, 'seats-purchased');
  const percent = numberOf(measures, 'seats-used-percent');
  const over = available !== undefined && available < 0;
  return [
    {
      label: over ? 'Seats over' : 'Seats available',
      value: unlimited ? 'unlimited' : available === undefined ? undefined : Math.abs(available),
      format: 'number',
      ...(purchased !== undefined && { hint: `of ${count(purchased)} purchased` }),
      ...(available !== undefined && { tone: toneOfLeft(available, purchased ?? 0) }),
      metrics: ['seats-available', 'seats-over', 'days-until-full'],
    },
    {
      label: 'Seats consumed',
      value: numberOf(measures, 'seats-consumed'),
      format: 'number',
      ...(percent !== undefined && { hint: `${count(percent)} % of the purchased` }),
      metrics: ['seats-consumed', 'seats-used-percent', 'seats-change'],
    },
  ];
}

/** When the license of an Enterprise Server ends. */
export function licenseFigures({ license }: ServerLicenses, measures: Measures): readonly Figure[] {
  const days = numberOf(measures, 'license-days-left');
  const facts = [
    license.kind && `${license.kind} license`,
    license.expire_at && `until ${license.expire_at.slice(0, 10)}`,
  ];
  const hint = facts.filter(Boolean).join(', ');
  return [
    {
      label: 'License ends in',
      value: days,
      format: 'days',
      ...(hint !== '' && { hint }),
      ...(days !== undefined && days < 0 && { tone: 'bad' }),
      metrics: ['license-days-left'],
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
    const note = `${none}, so the enterprise may pay by usage. Nothing says how many seats it may use. Invitations consume none then, and are no candidates for seats to give back. Set a bound on the seats that it does: `;
    return section('', [callout('note', [note, { code: 'seats-consumed: above N' }, '.'])]);
  }
  if (!numberOf(measures, 'seats-over')) return [];
  return section('', [
    callout(
      'note',
      'Where an enterprise pays by usage beside a volume agreement, such as that of Visual Studio subscriptions, only those of the agreement are purchased. Seats over are then metered, and no breach.',
    ),
  ]);
}

/** Who holds the seats of an enterprise on the cloud, and whom to look into. */
export function cloudSections(licenses: CloudLicenses, measures: Measures): readonly Section[] {
  const { people } = licenses;
  const seats = usageSections(measures);
  const listed = listing(licenses);
  if (isListEmpty(licenses)) return [...seats, ...section('Who holds the seats', [listed])];
  const kinds = kindsOf(measures);
  return [
    ...seats,
    ...section('', [...hygiene(measures), ...verifiedDomains(measures)]),
    ...folded(
      'Who holds the seats',
      [
        listed,
        ...tellingTable(byKind(kinds, measures)),
        ...tellingTable(
          labelled('License type', people, (person) => [person.license_type.toLowerCase() || 'not stated']),
        ),
        ...tellingTable(labelled('Visual Studio subscription', people, (person) => [visualStudio(person)])),
        ...tellingTable(
          labelled('Enterprise role', people, (person) =>
            person.github_com_enterprise_roles.length > 0
              ? person.github_com_enterprise_roles.map((role) => role.toLowerCase())
              : ['none'],
          ),
        ),
      ],
      kinds
        .map(({ kind, people }) => `${people === undefined ? 'unknown' : count(people)} ${kind}`)
        .join(', '),
    ),
  ];
}

/** Nothing where all people are of one kind, which the reader knows. */
const tellingTable = (block: TableBlock): readonly TableBlock[] => (block.rows.length > 1 ? [block] : []);

/** Where nobody is read. */
export const totalsSections = (measures: Measures): readonly Section[] => [
  ...usageSections(measures),
  ...section('Who holds the seats', [
    text('This run read the totals alone (', { code: 'people: false' }, '), and nobody who holds a seat.'),
  ]),
];

interface KindOfAccount {
  readonly kind: string;
  readonly people: number | undefined;
}

/** Those that exist, and those of which GitHub does not say how many there are. */
function kindsOf(measures: Measures): readonly KindOfAccount[] {
  const kinds = [
    { kind: 'cloud only', people: numberOf(measures, 'users-cloud-only') },
    { kind: 'Enterprise Server only', people: numberOf(measures, 'users-server-only') },
    { kind: 'cloud and Enterprise Server', people: numberOf(measures, 'users-cloud-and-server') },
  ];
  // Unknown as soon as one of the kinds is.
  const others = kinds.reduce<number | undefined>(
    (left, { people }) => (left === undefined || people === undefined ? undefined : left - people),
    numberOf(measures, 'users') ?? 0,
  );
  const neither = { kind: 'neither (invited, or Visual Studio only)', people: others ?? 0 };
  return [...kinds, neither].filter(({ people }) => people !== 0);
}

const byKind = (kinds: readonly KindOfAccount[], measures: Measures): TableBlock =>
  table(
    { Account: 'text', People: 'number', Share: 'percent' },
    kinds.map(({ kind, people }) => [
      capitalized(kind),
      people,
      share(people, numberOf(measures, 'users') ?? 0),
    ]),
    { chart: { type: 'pie', title: 'People by account', x: 'Account', y: 'People' } },
  );

const share = (count: number | undefined, whole: number): number | undefined =>
  count === undefined || whole === 0 ? undefined : Math.round((count / whole) * 1000) / 10;

/** People listed and seats consumed need not be the same number: say by how much they differ, not why we would guess. */
function listing({ people, totals, repeatedRows, totalsMoved }: CloudLicenses): Block {
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
  return text(sentences.join(' '));
}

/** In one sentence; nothing where there is nobody. */
function hygiene(measures: Measures): readonly Block[] {
  const groups: readonly (readonly [string, MetricName])[] = [
    ['without two-factor authentication', 'users-without-two-factor'],
    ['without an email on a verified domain', 'users-without-verified-email'],
    ['with a pending invitation', 'users-with-pending-invitation'],
    ['outside collaborators', 'users-outside-collaborator'],
    ['with a Visual Studio subscription', 'users-visual-studio'],
  ];
  const found = groups.flatMap(([label, metric]) => {
    const people = numberOf(measures, metric);
    return people === 0 ? [] : [`${people === undefined ? 'an unknown number' : count(people)} ${label}`];
  });
  return found.length === 0 ? [] : [text({ strong: 'To look into:' }, ` ${found.join(', ')}.`)];
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

/** What is to be known of the license of an Enterprise Server. */
export const serverSections = (measures: Measures): readonly Section[] => [
  ...usageSections(measures),
  ...section('', [
    text(
      'An Enterprise Server does not list its people here. Where they also count against a cloud enterprise, run the licenses report against that enterprise, and ',
      { text: 'sync its license usage', link: LICENSE_SYNC },
      '.',
    ),
  ]),
];
