/**
 * Visual Studio subscriptions of the enterprise, and the accounts that GitHub matched them to. GitHub lists them beside
 * the seats, and not everywhere: what becomes of this list leaves the rest of the report as it is.
 */
import * as v from 'valibot';
import { fold } from '../../common/text.ts';
import { count } from '../../common/words.ts';
import { type FailureKind, GitHubError } from '../../github/errors.ts';
import { allAbsent, type Measure, notDelivered } from '../../metrics.ts';
import { type Context, licensingAccess } from '../context.ts';
import type { Notice } from '../report.ts';
import { natural, object, reader } from '../schemas.ts';
import { LINKS } from './duplicates.ts';
import type { Person } from './fields.ts';
import { hasCloudAccount, hasServerAccount } from './person.ts';

const text = v.nullish(v.string(), '');

/** GitHub's schema and its example differ in names: https://docs.github.com/enterprise-cloud@latest/rest/enterprise-admin/licensing */
const subscription = v.pipe(
  object({
    visual_studio_subscription_email: text,
    email: text,
    subscription_id: text,
    subscriptionId: text,
    username: text,
    manual_match: v.nullish(v.boolean()),
  }),
  v.transform((sent) => ({
    visual_studio_subscription_email: sent.visual_studio_subscription_email || sent.email,
    subscription_id: sent.subscription_id || sent.subscriptionId,
    /** The login of the account that it is matched to; empty where there is none. */
    username: sent.username,
    manual_match: sent.manual_match ?? null,
  })),
);
/** A row under GitHub's own names. A person can hold several. */
export type Subscription = v.InferOutput<typeof subscription>;

const list = v.nullish(v.array(subscription));
const page = v.pipe(
  object({
    total_count: v.nullish(natural),
    visual_studio_subscriptions: list,
    visual_studio_subscription_assignments: list,
  }),
  v.check(
    (sent) => (sent.visual_studio_subscriptions ?? sent.visual_studio_subscription_assignments) != null,
    'no list of Visual Studio subscriptions',
  ),
  v.transform((sent) => ({
    total: sent.total_count ?? undefined,
    rows: [sent.visual_studio_subscriptions, sent.visual_studio_subscription_assignments].flatMap(
      (rows) => rows ?? [],
    ),
  })),
);

export interface Subscriptions {
  /** `total_count` as the last page has it; `undefined` when GitHub did not send it. */
  readonly total: number | undefined;
  /** Each once, in GitHub's order; one without an id is told from no other. */
  readonly rows: readonly Subscription[];
}

const keyOf = ({ subscription_id: id, visual_studio_subscription_email: email }: Subscription) =>
  fold(id) === '' ? undefined : JSON.stringify([fold(id), fold(email)]);

/**
 * Every subscription, or the error that kept them.
 *
 * @see https://docs.github.com/enterprise-cloud@latest/rest/enterprise-admin/licensing
 */
export async function fetchSubscriptions({
  client,
  inputs,
  progress,
}: Context): Promise<Subscriptions | GitHubError> {
  const resource = {
    path: `/enterprises/${encodeURIComponent(inputs.enterprise)}/visual-studio-subscriptions`,
    access: licensingAccess(inputs),
    read: reader(page),
  };
  const known = new Set<string>();
  const rows: Subscription[] = [];
  let total: number | undefined;
  try {
    for await (const { data } of client.pages(resource, { rows: (sent) => sent.rows, key: keyOf })) {
      total = data.total ?? total;
      for (const row of data.rows) {
        const key = keyOf(row);
        if (key !== undefined && known.has(key)) continue;
        if (key !== undefined) known.add(key);
        rows.push(row);
      }
      progress('Visual Studio subscriptions', rows.length, total);
    }
  } catch (error) {
    if (error instanceof GitHubError) return error;
    throw error;
  }
  return { total, rows };
}

export const isUnmatched = ({ username }: Subscription): boolean => username.trim() === '';

/* ── What became of the list ─────────────────────────────────────────────────────────────────────────────────── */

/** GitHub does not offer the list here, or not to this token. Anything else is a failure. */
const REFUSALS: ReadonlySet<FailureKind> = new Set([
  'not-found',
  'forbidden',
  'scope',
  'sso',
  'token-kind',
  'gone',
]);

/** A refusal is a notice, because most enterprises have no such subscriptions; what failed is an error of the run. */
export function tellSubscriptions(subscriptions: Subscriptions | GitHubError): {
  readonly notices: readonly Notice[];
  readonly errors: readonly GitHubError[];
} {
  if (!(subscriptions instanceof GitHubError))
    return { notices: differenceNotices(subscriptions), errors: [] };
  const { kind, status, message } = subscriptions;
  if (!REFUSALS.has(kind))
    return { notices: [], errors: [subscriptions.reworded(`Visual Studio subscriptions: ${message}`)] };
  const why =
    kind === 'not-found' || kind === 'gone'
      ? `GitHub answers ${status} to the list of them, as where an enterprise or its host has none.`
      : message;
  return {
    notices: [{ level: 'notice', text: `Visual Studio subscriptions are left out. ${why}` }],
    errors: [],
  };
}

function differenceNotices({ total, rows }: Subscriptions): Notice[] {
  if (total === undefined || total === rows.length) return [];
  const text = `GitHub's count of Visual Studio subscriptions is ${count(total)}, and its list has ${count(rows.length)}.`;
  return [{ level: 'notice', text }];
}

const METRICS = ['visual-studio-subscriptions', 'visual-studio-unmatched'] as const;

export function measureSubscriptions(
  subscriptions: Subscriptions | GitHubError,
): Record<(typeof METRICS)[number], Measure> {
  if (subscriptions instanceof GitHubError) {
    const isRefusal = REFUSALS.has(subscriptions.kind);
    return allAbsent(
      METRICS,
      isRefusal
        ? notDelivered('GitHub refuses the list of Visual Studio subscriptions')
        : notDelivered('the list of Visual Studio subscriptions could not be read'),
    );
  }
  const { total, rows } = subscriptions;
  if (rows.length === 0 && total !== undefined && total > 0)
    return allAbsent(METRICS, notDelivered('GitHub counts Visual Studio subscriptions and lists none'));
  return {
    'visual-studio-subscriptions': rows.length,
    'visual-studio-unmatched': rows.filter(isUnmatched).length,
  };
}

/* ── Whose the unmatched are ─────────────────────────────────────────────────────────────────────────────────── */

export interface UnmatchedSubscriptions {
  readonly subscriptions: readonly Subscription[];
  /** Who has the email of one of them, each once. */
  readonly people: readonly Person[];
}

/** By who has the email: somebody with a cloud account, else with a server account alone, else nobody. */
export function findUnmatched(
  rows: readonly Subscription[],
  people: readonly Person[],
): Record<'cloud' | 'server' | 'nobody', UnmatchedSubscriptions> {
  const unmatched = rows.filter(isUnmatched);
  const emails = new Set(unmatched.map(emailOf).filter((email) => email !== ''));
  const holders = new Map<string, Person>();
  for (const has of [hasCloudAccount, hasServerAccount]) {
    for (const person of emails.size > 0 ? people.filter(has) : []) {
      for (const addresses of Object.values(LINKS)) {
        for (const address of addresses(person).map(fold))
          if (emails.has(address) && !holders.has(address)) holders.set(address, person);
      }
    }
  }
  const {
    cloud = [],
    server = [],
    nobody = [],
  } = Object.groupBy(unmatched, (row) => {
    const person = holders.get(emailOf(row));
    return person === undefined ? 'nobody' : hasCloudAccount(person) ? 'cloud' : 'server';
  });
  const group = (subscriptions: readonly Subscription[]): UnmatchedSubscriptions => ({
    subscriptions,
    people: [...new Set(subscriptions.flatMap((row) => holders.get(emailOf(row)) ?? []))],
  });
  return { cloud: group(cloud), server: group(server), nobody: group(nobody) };
}

const emailOf = ({ visual_studio_subscription_email: email }: Subscription): string => fold(email);
