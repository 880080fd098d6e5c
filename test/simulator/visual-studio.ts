/** Visual Studio subscriptions, as GitHub lists them: who is matched to one, and those that match nobody. */
import { type Answer, json } from './answers.ts';
import type { Enterprise, LicensedUser } from './enterprise.ts';
import { HOSTILE_TEXTS } from './hostile.ts';
import { linkHeader, paging } from './paging.ts';
import { type Random, seeded } from './random.ts';

export interface VisualStudioOptions {
  seed?: number | undefined;
  hostile?: boolean | undefined;
  /** Subscriptions of people whom nobody knows; a hundredth of the seats, and one at least, when absent. */
  subscriptionsOfNobody?: number | undefined;
  /** What GitHub calls `total_count`; the number of subscriptions when absent. */
  subscriptionsTotal?: number | undefined;
}

/** Under the names of GitHub's schema. */
export interface VisualStudioSubscription {
  visual_studio_subscription_email: string;
  subscription_id: string;
  username: string | null;
  manual_match: boolean;
}

/** The same enterprise and options, the same subscriptions. */
export class VisualStudio {
  readonly #enterprise: Enterprise;
  readonly #options: VisualStudioOptions;
  #subscriptions: VisualStudioSubscription[] | undefined;

  constructor(enterprise: Enterprise, options: VisualStudioOptions) {
    this.#enterprise = enterprise;
    this.#options = options;
  }

  get subscriptions(): VisualStudioSubscription[] {
    this.#subscriptions ??= makeSubscriptions(this.#enterprise, this.#options);
    return this.#subscriptions;
  }

  answer(url: URL): Answer {
    const asked = paging(url.searchParams);
    const isUnmatchedOnly = url.searchParams.get('is_unmatched_only') === 'true';
    const all = this.subscriptions.filter(({ username }) => !isUnmatchedOnly || !username);
    const start = (asked.page - 1) * asked.perPage;
    const rows = all.slice(start, start + asked.perPage);
    const { dialect } = this.#enterprise;
    const total_count = this.#options.subscriptionsTotal ?? all.length;
    return json(
      200,
      dialect === 'documented' || dialect === 'ghe.com'
        ? { total_count, visual_studio_subscriptions: rows }
        : { total_count, visual_studio_subscription_assignments: rows.map(asInTheExample) },
      linkHeader(url, asked, Math.ceil(all.length / asked.perPage)),
    );
  }
}

/** GitHub's example has other names than its schema. */
const asInTheExample = (row: VisualStudioSubscription) => ({
  email: row.visual_studio_subscription_email,
  subscriptionId: row.subscription_id,
  username: row.username,
  manual_match: row.manual_match,
});

function makeSubscriptions(enterprise: Enterprise, options: VisualStudioOptions): VisualStudioSubscription[] {
  const { seed = 1, hostile = false } = options;
  const { people, slug } = enterprise;
  const random = seeded(`${seed}/visual-studio`);
  const nobodys = options.subscriptionsOfNobody ?? Math.ceil(people.length / 100);
  const rows = [
    ...people.flatMap((row) => ofPerson(random, row)),
    ...Array.from({ length: nobodys }, (_, index) =>
      unmatched(random, `subscriber.${index}@vs.${slug}.example`),
    ),
  ];
  if (hostile) {
    for (const [index, text] of HOSTILE_TEXTS.entries()) {
      // Every other one, so that some emails are still those of people.
      const row = rows[2 * index];
      if (row === undefined) break;
      row.visual_studio_subscription_email = text;
      if (index % 3 === 0) row.subscription_id = text;
    }
  }
  return rows;
}

/** A person can hold several, and one in a hundred of the others has one that GitHub does not know to be theirs. */
function ofPerson(random: Random, row: LicensedUser): VisualStudioSubscription[] {
  const login = row.github_com_login;
  const email =
    row.visual_studio_subscription_email ||
    row.github_com_verified_domain_emails[0] ||
    row.enterprise_server_emails[0];
  if (!email) return [];
  if (!row.visual_studio_subscription_user) return random.chance(0.01) ? [unmatched(random, email)] : [];
  const matched = () => ({ ...unmatched(random, email), username: login, manual_match: random.chance(0.3) });
  const own = () => (login === '' ? unmatched(random, email) : matched());
  return random.chance(0.1) ? [own(), own()] : [own()];
}

const unmatched = (random: Random, email: string): VisualStudioSubscription => ({
  visual_studio_subscription_email: email,
  subscription_id: uuid(random),
  username: random.pick([null, null, '']),
  manual_match: false,
});

function uuid(random: Random): string {
  const hex = (length: number) => Array.from({ length }, () => random.int(0, 15).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
}
