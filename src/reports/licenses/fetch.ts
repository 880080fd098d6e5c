/** Reads who holds a seat: from the cloud with everyone listed, from an Enterprise Server as totals only. */
import * as v from 'valibot';
import { isRecord } from '../../common/record.ts';
import { type GitHubError, isMissingOnServer } from '../../github/errors.ts';
import { type Context, licensingAccess } from '../context.ts';
import { natural, number, reader } from '../schemas.ts';
import { type CountedField, countedFieldsOf, type Person, readCount, readPerson } from './fields.ts';
import { personKey } from './person.ts';
import { fetchSubscriptions, type Subscriptions } from './visual-studio.ts';

/** The totals that every page repeats; `undefined` when GitHub did not send them. */
export interface SeatTotals {
  readonly purchased: number | undefined;
  readonly consumed: number | undefined;
}

export interface CloudLicenses {
  readonly host: 'cloud';
  /** As the last page has them. */
  readonly totals: SeatTotals;
  /** Everyone once, in GitHub's order; a row that tells nobody from others is a person of its own. */
  readonly people: readonly Person[];
  /** Counted fields that some row has a value of; what none has, GitHub did not deliver. */
  readonly fields: ReadonlySet<CountedField>;
  /** Rows beyond the first of a person, which were left out. */
  readonly repeatedRows: number;
  /** The totals changed while the pages were read. */
  readonly totalsMoved: boolean;
  /** Visual Studio subscriptions, or what kept them. */
  readonly subscriptions: Subscriptions | GitHubError;
}

/** With `people: false`: the totals, and nobody. */
export interface CloudTotals {
  readonly host: 'cloud';
  readonly totals: SeatTotals;
}

/** The documented fields alone: what else a server sends may be about people, such as who holds the license. */
const ServerLicenseSchema = v.object({
  seats: v.union([v.literal('unlimited'), natural]),
  seats_used: natural,
  seats_available: v.nullish(v.union([v.literal('unlimited'), number])),
  kind: v.nullish(v.string()),
  days_until_expiration: v.nullish(number),
  expire_at: v.nullish(v.string()),
});
type ServerLicense = v.InferOutput<typeof ServerLicenseSchema>;

export interface ServerLicenses {
  readonly host: 'server';
  readonly license: ServerLicense;
}

/**
 * The host is recognised by its answers: an Enterprise Server has no `consumed-licenses`, and signs its 404 with its
 * version.
 *
 * @throws GitHubError
 * @see https://docs.github.com/enterprise-cloud@latest/rest/enterprise-admin/licensing#list-enterprise-consumed-licenses
 * @see https://docs.github.com/enterprise-server@latest/rest/enterprise-admin/license#get-license-information
 */
export async function fetchLicenses(context: Context): Promise<CloudLicenses | CloudTotals | ServerLicenses> {
  if (context.inputs.enterprise === '') return fetchServer(context);
  try {
    return await (context.inputs.people ? fetchCloud(context) : fetchTotals(context));
  } catch (error) {
    if (isMissingOnServer(error)) return fetchServer(context);
    throw error;
  }
}

async function fetchCloud(context: Context): Promise<CloudLicenses> {
  const { client, inputs, progress } = context;
  const people: Person[] = [];
  const known = new Set<string>();
  let totals: SeatTotals | undefined;
  let totalsMoved = false;
  let rows = 0;
  let fields: ReadonlySet<CountedField> = new Set();
  const resource = { ...listing(inputs), read: readLicensePage };
  // Beside the further pages of people, once the first shows that this is the cloud and lists them.
  let subscriptions: ReturnType<typeof fetchSubscriptions> | undefined;
  try {
    for await (const { data } of client.pages(resource, { rows: (page) => page.people, key: personKey })) {
      if (subscriptions === undefined) {
        subscriptions = fetchSubscriptions(context);
        // Awaited below: a rejection meanwhile is not unhandled.
        subscriptions.catch(() => {});
      }
      totalsMoved ||=
        totals !== undefined &&
        (totals.consumed !== data.totals.consumed || totals.purchased !== data.totals.purchased);
      totals = {
        purchased: data.totals.purchased ?? totals?.purchased,
        consumed: data.totals.consumed ?? totals?.consumed,
      };
      for (const person of data.people) {
        const key = personKey(person);
        if (key !== undefined && known.has(key)) continue;
        if (key !== undefined) known.add(key);
        people.push(person);
      }
      rows += data.people.length;
      fields = fields.union(data.fields);
      progress('seats', rows, totals.consumed);
    }
  } finally {
    // Nothing is left running behind a failure.
    await subscriptions;
  }
  return {
    host: 'cloud',
    totals: totals ?? { purchased: undefined, consumed: undefined },
    people,
    fields,
    repeatedRows: rows - people.length,
    totalsMoved,
    subscriptions: await (subscriptions ?? fetchSubscriptions(context)),
  };
}

/** Every page has the totals, so that the shortest will do. */
async function fetchTotals({ client, inputs }: Context): Promise<CloudTotals> {
  const totals = await client.get({ ...listing(inputs), query: { per_page: 1 }, read: readTotals });
  return { host: 'cloud', totals };
}

const listing = (inputs: Context['inputs']) => ({
  path: `/enterprises/${encodeURIComponent(inputs.enterprise)}/consumed-licenses`,
  access: licensingAccess(inputs),
});

async function fetchServer({ client }: Context): Promise<ServerLicenses> {
  const license = await client.get({
    path: '/enterprise/settings/license',
    read: reader(ServerLicenseSchema),
    access: { scope: 'read:enterprise', role: 'a site administrator' },
  });
  return { host: 'server', license };
}

interface LicensePage {
  readonly totals: SeatTotals;
  readonly people: readonly Person[];
  readonly fields: ReadonlySet<CountedField>;
}

/**
 * One page of `GET /enterprises/{enterprise}/consumed-licenses`.
 *
 * @throws TypeError naming the field, when the body is not such a page
 */
export function readLicensePage(body: unknown): LicensePage {
  assertPage(body);
  return {
    totals: totalsOf(body),
    people: body.users.map(readPerson),
    fields: countedFieldsOf(body.users),
  };
}

/** The totals of such a page, and nobody. */
function readTotals(body: unknown): SeatTotals {
  assertPage(body);
  return totalsOf(body);
}

function assertPage(body: unknown): asserts body is { [field: string]: unknown; users: Row[] } {
  if (!isRecord(body)) throw new TypeError('the answer is no object');
  if (!Array.isArray(body.users)) throw new TypeError('users is no list');
}

type Row = Readonly<Record<string, unknown>>;

function totalsOf(body: Row): SeatTotals {
  const total = (name: string) => readCount(body[name], name) ?? undefined;
  return { purchased: total('total_seats_purchased'), consumed: total('total_seats_consumed') };
}
