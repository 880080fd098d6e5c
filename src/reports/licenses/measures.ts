/** Every metric of the licenses report that is counted from one answer of GitHub, as pure functions. */
import {
  type Absent,
  allAbsent,
  type Measure,
  type MeasuresOf,
  type MetricName,
  NOBODY_READ,
  notDelivered,
  nothing,
  peopleMetricsOf,
  published,
  wrongHost,
} from '../../metrics.ts';
import type { Candidate } from '../candidates/candidates.ts';
import { measureReclaimable } from './candidates.ts';
import type { Duplicates } from './duplicates.ts';
import type { CloudLicenses, CloudTotals, SeatTotals, ServerLicenses } from './fetch.ts';
import type { CountedField, Person } from './fields.ts';
import { isCloud, isOutsideCollaborator, isPending, isServer, isVisualStudio } from './person.ts';
import { measureSubscriptions } from './visual-studio.ts';

interface PeopleRule {
  readonly counts: (person: Person) => boolean;
  /** Without a value of these in any row, nobody can be counted. */
  readonly needs: readonly CountedField[];
  /** Nor without a value of this of anybody on the cloud, of whom alone it tells. */
  readonly needsOnCloud?: CountedField;
}

const ACCOUNTS = ['github_com_user', 'enterprise_server_user'] as const;

const PEOPLE_RULES = {
  users: { counts: () => true, needs: [] },
  'users-cloud-only': { counts: (person) => isCloud(person) && !isServer(person), needs: ACCOUNTS },
  'users-server-only': { counts: (person) => isServer(person) && !isCloud(person), needs: ACCOUNTS },
  'users-cloud-and-server': { counts: (person) => isCloud(person) && isServer(person), needs: ACCOUNTS },
  'users-visual-studio': { counts: isVisualStudio, needs: ['visual_studio_subscription_user'] },
  'users-without-two-factor': {
    counts: (person) => isCloud(person) && person.github_com_two_factor_auth === false,
    needs: ['github_com_user'],
    needsOnCloud: 'github_com_two_factor_auth',
  },
  'users-with-pending-invitation': {
    counts: isPending,
    needs: ['github_com_orgs_with_pending_invites', 'github_com_enterprise_roles'],
  },
  'users-outside-collaborator': {
    counts: isOutsideCollaborator,
    needs: ['github_com_enterprise_roles', 'github_com_member_roles'],
  },
  'users-without-verified-email': {
    counts: (person) => isCloud(person) && person.github_com_verified_domain_emails.length === 0,
    needs: ['github_com_user', 'github_com_verified_domain_emails'],
  },
} as const satisfies Partial<Record<MetricName, PeopleRule>>;

type PeopleMetric = keyof typeof PEOPLE_RULES;
const PEOPLE_METRIC_NAMES = Object.keys(PEOPLE_RULES) as PeopleMetric[];

/**
 * Counts people, each metric by its own rule. A metric whose fields GitHub sent no value of is not delivered, never 0.
 *
 * `fields`: those that some row has a value of.
 */
export function countPeople(
  people: readonly Person[],
  fields: ReadonlySet<CountedField>,
): Record<PeopleMetric, Measure> {
  const count = (name: PeopleMetric): Measure => {
    const { needs, needsOnCloud, counts }: PeopleRule = PEOPLE_RULES[name];
    const lacking = needs.find((field) => !fields.has(field));
    if (lacking !== undefined && people.length > 0) return notDelivered(`GitHub sent no ${lacking}`);
    if (needsOnCloud !== undefined) {
      const cloud = people.filter(isCloud);
      if (cloud.length > 0 && cloud.every((person) => person[needsOnCloud] === null))
        return notDelivered(`GitHub sent no ${needsOnCloud} of anybody on the cloud`);
    }
    return people.reduce((sum, person) => (counts(person) ? sum + 1 : sum), 0);
  };
  return Object.fromEntries(PEOPLE_METRIC_NAMES.map((name) => [name, count(name)])) as Record<
    PeopleMetric,
    Measure
  >;
}

const BALANCE_METRICS = ['seats-available', 'seats-over', 'seats-used-percent'] as const;
const SEAT_METRICS = ['seats-purchased', 'seats-consumed', ...BALANCE_METRICS] as const;
type SeatMetric = (typeof SEAT_METRICS)[number];

/**
 * What follows from the two totals. One that GitHub did not send leaves out everything that needs it. Where seats are
 * consumed and none is purchased, they may be paid by usage, and then nothing says how many there may be.
 */
export function seatMeasures({ purchased, consumed }: SeatTotals): Record<SeatMetric, Measure> {
  const lacking = (field: string) => notDelivered(`GitHub sent no ${field}`);
  return {
    'seats-purchased': purchased ?? lacking('total_seats_purchased'),
    'seats-consumed': consumed ?? lacking('total_seats_consumed'),
    ...(!purchased && consumed
      ? balance(paidByUsage(purchased))
      : purchased === undefined
        ? balance(lacking('total_seats_purchased'))
        : consumed === undefined
          ? balance(lacking('total_seats_consumed'))
          : {
              'seats-available': purchased - consumed,
              'seats-over': Math.max(0, consumed - purchased),
              'seats-used-percent':
                purchased > 0
                  ? published((consumed / purchased) * 100)
                  : nothing('no seat is purchased and none consumed'),
            }),
  };
}

/** What needs both totals. */
const balance = (absent: Absent) => allAbsent(BALANCE_METRICS, absent);

function paidByUsage(purchased: number | undefined): Absent {
  const none = purchased === 0 ? 'no seat is purchased' : 'GitHub does not say how many seats are purchased';
  return notDelivered(`${none}, as where seats are paid by usage: use the gate \`seats-consumed: above N\``);
}

/** Nobody is listed, and not because no seat is consumed. */
export const isListEmpty = ({ people, totals }: Pick<CloudLicenses, 'people' | 'totals'>): boolean =>
  people.length === 0 && totals.consumed !== 0;

/** Of an enterprise on the cloud, which lists its people: all but those of the history. */
export function cloudMeasures(
  licenses: CloudLicenses,
  duplicates: Pick<Duplicates, 'seats'>,
  candidates: readonly Candidate[],
): MeasuresOf<'licenses'> {
  const { totals, subscriptions } = licenses;
  return {
    ...seatMeasures(totals),
    ...(isListEmpty(licenses)
      ? allAbsent(peopleMetricsOf('licenses'), nobodyListed(totals))
      : peopleMeasures(licenses, duplicates, candidates)),
    ...measureSubscriptions(subscriptions),
    'license-days-left': NO_EXPIRY,
  };
}

function peopleMeasures(
  licenses: CloudLicenses,
  duplicates: Pick<Duplicates, 'seats'>,
  candidates: readonly Candidate[],
) {
  const seats = duplicateSeats(licenses, duplicates);
  return {
    ...countPeople(licenses.people, licenses.fields),
    'duplicate-seats': seats,
    'seats-reclaimable': measureReclaimable(licenses, seats, candidates),
  };
}

const nobodyListed = ({ consumed }: SeatTotals): Absent =>
  notDelivered(
    consumed === undefined
      ? 'GitHub lists nobody, and does not say how many seats are consumed'
      : 'GitHub lists nobody although seats are consumed',
  );

/** Rows are linked by emails, so that without any field of them nobody can be recognised. */
function duplicateSeats({ people, fields }: CloudLicenses, { seats }: Pick<Duplicates, 'seats'>): Measure {
  const hasEmails =
    fields.has('github_com_verified_domain_emails') ||
    fields.has('enterprise_server_emails') ||
    people.some((person) => person.visual_studio_subscription_email !== '');
  return hasEmails || people.length === 0 ? seats : notDelivered('GitHub sent no email of anybody');
}

/** Of an enterprise on the cloud of which nobody is read. */
export function totalsMeasures({ totals }: CloudTotals): MeasuresOf<'licenses'> {
  return {
    ...seatMeasures(totals),
    ...allAbsent(peopleMetricsOf('licenses'), NOBODY_READ),
    'license-days-left': NO_EXPIRY,
  };
}

const NO_EXPIRY = wrongHost('only an Enterprise Server has a license that expires');

/** Of an Enterprise Server, which has totals and a license that expires, and lists nobody. */
export function serverMeasures({ license }: ServerLicenses): MeasuresOf<'licenses'> {
  const { seats, seats_used: consumed } = license;
  const unlimited = nothing('the license has unlimited seats');
  const unlisted = wrongHost('an Enterprise Server does not list its people');
  return {
    ...(seats === 'unlimited'
      ? { ...allAbsent(SEAT_METRICS, unlimited), 'seats-consumed': consumed }
      : seatMeasures({ purchased: seats, consumed })),
    ...allAbsent(peopleMetricsOf('licenses'), unlisted),
    'license-days-left': licenseDaysLeft(license),
  };
}

function licenseDaysLeft({
  days_until_expiration: days,
  expire_at: date,
}: ServerLicenses['license']): Measure {
  if (typeof days === 'number') return published(days);
  return days === null && date === null
    ? nothing('the license does not expire')
    : notDelivered('the server sent no days_until_expiration');
}
