/** What a GitHub answers when all is well, its known departures from its own schemas among it: by endpoint the bodies. */
import fc from 'fast-check';
import { NOW } from '../clock.ts';
import { hostileText } from '../output/reading.ts';
import { type Dialect, servedPerson } from '../simulator/dialects.ts';
import { amount, bodies, type Json, type Row, text } from './schema.ts';

const among = (...values: Json[]): fc.Arbitrary<Json> => fc.constantFrom(...values);
const mostly = (usual: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
  fc.oneof({ weight: 6, arbitrary: usual }, { weight: 1, arbitrary: hostileText });
const some = (item: fc.Arbitrary<Json>): fc.Arbitrary<Json> => fc.array(item, { maxLength: 3 });

const logins = mostly(fc.nat(12).map((number) => (number < 3 ? '' : `user-${number}`)));
const emails = mostly(fc.nat(12).map((number) => `user-${number}@mail.example`));
const organizations = mostly(among('acme', 'Beta', 'gamma', ''));
const repositories = mostly(among('acme/web', 'web', 'beta/api', ''));

/** Every field that counts for a metric, with values that count. */
const FIELDS = {
  github_com_login: logins,
  github_com_verified_domain_emails: some(emails),
  github_com_saml_name_id: emails,
  github_com_two_factor_auth: among(true, false, null, ''),
  github_com_member_roles: some(
    mostly(among('acme:Owner', 'acme:Member', 'Beta/web:Collaborator', 'beta:member', 'gamma:Odd', ':', 'x')),
  ),
  github_com_enterprise_roles: some(
    mostly(
      among(
        'Owner',
        'Outside collaborator',
        'REPOSITORY COLLABORATOR',
        'Billing manager',
        'pending invitation',
        'Pending invitation',
        'Pending outside collaborator invitation',
      ),
    ),
  ),
  github_com_orgs_with_pending_invites: some(organizations),
  enterprise_server_user_ids: some(mostly(fc.nat(9).map((number) => `host:${number}`))),
  enterprise_server_emails: some(emails),
  license_type: mostly(among('Enterprise', 'enterprise', 'Visual Studio subscription', '')),
  visual_studio_subscription_email: fc.oneof(among('', null), emails),
  user_login: logins,
  last_pushed_email: emails,
  product: mostly(among('Actions', 'actions', 'Packages', 'Copilot', 'ghas')),
  sku: mostly(
    among(
      ...['Actions Linux', 'actions_linux', 'Packages storage', 'Copilot Business', 'Actions macOS 3-core'],
      ...['actions_macos', 'Copilot AI Credits', 'copilot_ai_unit', 'coding_agent_ai_unit'],
      ...['ghec_licenses', 'GitHub Enterprise Cloud licenses'],
    ),
  ),
  unitType: mostly(
    among(
      ...['minutes', 'Minutes', 'Gigabytes', 'GigabyteHours', 'gigabyte-hours'],
      ...['UserMonths', 'user-months', 'ai-units'],
    ),
  ),
  quantity: amount,
  grossQuantity: amount,
  organizationName: organizations,
  repositoryName: repositories,
  budget_entity_name: organizations,
  // Mostly of the month that is asked for, at times as GitHub's own example says it, or of another one.
  timePeriod: among(
    ...[{ year: 2026, month: 11 }, { year: 2026, month: 11 }, { year: 2026 }, { year: 2026, month: 10 }],
    ...[{ year: 2025 }, { year: 2025, month: 11 }, { year: 2026, month: 11, day: 3 }],
  ),
} satisfies Record<string, fc.Arbitrary<Json>>;

/** Dates of syncs, as they may be written: when that was, or nothing where it cannot be read. */
export const SYNC_DATES: ReadonlyMap<string, number | undefined> = new Map([
  ...['2026-11-20T11:00:00Z', '2026-11-13T00:00:00.5Z', '2026-11-10', '2020-02-29T23:59:59+05:30'].map(
    (date): [string, number] => [date, Date.parse(date)],
  ),
  ['2026-11-19 12:00:00 UTC', NOW.getTime() - 86_400_000],
  ['2026-11-20T12:04:00Z', NOW.getTime()],
  ...['', ' ', '2026-02-30', '2027-01-01T00:00:00Z', '20.11.2026', '2026-11-20T12:00:00', '0', 'never'].map(
    (date): [string, undefined] => [date, undefined],
  ),
]);
/** Dates of Copilot seats; nothing where they cannot be read. */
export const SEAT_DATES: ReadonlyMap<string, number | undefined> = new Map([
  ...[
    ...['2026-11-19T12:00:00Z', '2026-11-20T12:04:00Z', '2026-11-10T06:00:00-06:00', '2026-10-21T12:00:00Z'],
    ...[
      '2026-10-21T11:59:59Z',
      '2026-08-01',
      '2021-10-14T00:53:32-06:00',
      '2027-01-01T00:00:00Z',
      '2026-12-01',
    ],
  ].map((date): [string, number] => [date, Date.parse(date)]),
  ...['', ' ', '2026-02-30', 'never', '2026-11-20T12:00:00'].map((date): [string, undefined] => [
    date,
    undefined,
  ]),
]);
const sync = {
  ...FIELDS,
  date: fc.constantFrom(...SYNC_DATES.keys()),
  status: mostly(among('success', ' Success ', 'failed', '')),
};
const usageFields = {
  ...FIELDS,
  date: fc.oneof(
    { weight: 40, arbitrary: among('2026-11-01T00:00:00Z', '2026-11-02', '2026-11-19T00:00:00Z') },
    { weight: 1, arbitrary: fc.oneof(among('2026-10-31'), hostileText) },
  ),
};

const enterprise = (path: string, fields: Readonly<Record<string, fc.Arbitrary<Json>>> = FIELDS) =>
  bodies('ghec', `/enterprises/{enterprise}/${path}`, fields);
/** The list that the schema does not require and that GitHub always sends. */
const withList = (name: string, given: fc.Arbitrary<Row>) => given.map((body) => ({ [name]: [], ...body }));

const datesThat = (areReadable: boolean) =>
  fc.constantFrom(
    ...[...SEAT_DATES].flatMap(([date, time]) => ((time !== undefined) === areReadable ? [date] : [])),
  );
const seatDate = fc.oneof(
  { weight: 9, arbitrary: datesThat(true) },
  { weight: 1, arbitrary: datesThat(false) },
);
const seatFields = {
  ...FIELDS,
  login: logins,
  created_at: seatDate,
  last_activity_at: fc.option(seatDate, { freq: 1 }),
  pending_cancellation_date: fc.oneof(
    { weight: 5, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: seatDate },
  ),
  plan_type: fc.oneof(
    { weight: 20, arbitrary: among('business', 'enterprise') },
    { weight: 1, arbitrary: among('unknown', null) },
  ),
};
const copilotSeats = fc
  .tuple(withList('seats', enterprise('copilot/billing/seats', seatFields)), fc.integer({ min: 1, max: 12 }))
  .map(([body, size]) => {
    const seats = body.seats as Row[];
    return paged(seats, size, ([first = {}, ...others], _, page) => ({
      ...body,
      // Each page has somebody whom no earlier one had.
      seats: seats.length === 0 ? [] : [{ ...first, assignee: { login: `first-of-${page}` } }, ...others],
    }));
  });

/** Under the names of the schema, or of GitHub's example. */
const subscriptions = fc
  .tuple(
    enterprise('visual-studio-subscriptions', {
      ...FIELDS,
      subscription_id: fc.oneof(text, fc.nat(4).map(String)),
      username: fc.oneof(among(null, '', ' '), logins),
      manual_match: among(true, false, null),
    }),
    fc.integer({ min: 1, max: 12 }),
    fc.boolean(),
    fc.constantFrom<Row>({}, { total_count: null }, { total_count: 0 }),
  )
  .map(([body, size, isExample, total]) => {
    const rows = body.visual_studio_subscriptions as Row[];
    return paged(rows, size, ([first = {}, ...others], _, page) => {
      // Each page has a subscription that no earlier one had.
      const own = rows.length === 0 ? [] : [{ ...first, subscription_id: `first-of-${page}` }, ...others];
      const { visual_studio_subscriptions: _list, ...counts } = { ...body, ...total };
      return isExample
        ? { ...counts, visual_studio_subscription_assignments: own.map(asInExample) }
        : { ...counts, visual_studio_subscriptions: own };
    });
  });

function asInExample({
  visual_studio_subscription_email: email,
  subscription_id: subscriptionId,
  ...row
}: Row): Row {
  return {
    ...row,
    ...(email !== undefined && { email }),
    ...(subscriptionId !== undefined && { subscriptionId }),
  };
}

/** Where GitHub departs from its schemas: test/simulator/schema.test.ts has the sources. */
const undocumented = fc.constantFrom<Row>(
  {},
  {},
  { github_com_enterprise_role: 'Repository collaborator' },
  { cost_center: 'R&D', two_factor_required_by_date: null },
  { enterprise_server_primary_emails: ['user-1@mail.example'] },
  // As GHE.com names its fields.
  { github_user: true, github_enterprise_role: 'Pending invitation', github_cost_center: 'R&D' },
  { github_com_two_factor_auth: '', github_two_factor_auth: false, github_com_cost_center: null },
  JSON.parse('{"__proto__": {"github_com_user": true}, "constructor": 1}'),
);
const rowsWith = (body: Row, list: string, change: (row: Row, index: number) => Row): Row => ({
  ...body,
  [list]: (body[list] as Row[]).map(change),
});

/** What the field has beside the documentation. */
const FIELD: Row = {
  github_com_cost_center: 'R&D',
  github_com_code_security_license_user: true,
  github_com_secret_protection_license_user: false,
  github_com_two_factor_auth_required_by_date: null,
  ghe_license_active: true,
};
const NOTHING_PURCHASED = fc.constantFrom<Row>(
  {},
  { total_seats_purchased: 0 },
  { total_seats_purchased: null },
);

const licenses = (dialect: Dialect) =>
  fc
    .tuple(
      withList('users', enterprise('consumed-licenses')),
      undocumented,
      fc.integer({ min: 1, max: 12 }),
      NOTHING_PURCHASED,
    )
    .map(([{ total_seats_purchased, ...body }, more, size, nothing]) => {
      const extra = dialect === 'documented' ? more : { ...more, ...FIELD };
      const users = (body.users as Row[]).map((row, index) => (index % 3 === 0 ? { ...row, ...extra } : row));
      const purchased =
        dialect === 'usage-based'
          ? nothing
          : total_seats_purchased === undefined
            ? {}
            : { total_seats_purchased };
      return paged(users, size, ([first = {}, ...others], _, page) => {
        // Each page has somebody whom no earlier one had.
        const rows =
          users.length === 0 ? [] : [{ ...first, github_com_login: `first-of-${page}` }, ...others];
        return { ...body, ...purchased, users: rows.map((row, index) => servedPerson(row, index, dialect)) };
      });
    });

const committers = fc
  .tuple(
    enterprise('settings/billing/advanced-security'),
    fc.constantFrom<Row>(
      {},
      {},
      { purchased_advanced_security_committers: null },
      { purchased_advanced_security_committers: 0 },
      { total_advanced_security_committers: null },
    ),
    fc.constantFrom<Row>({}, {}, {}, { advanced_security_committers_breakdown: null }),
    fc.integer({ min: 1, max: 12 }),
  )
  .map(([body, totals, listed, size]) =>
    paged(body.repositories as Row[], size, (rows, _, page) => ({
      ...body,
      ...totals,
      // Each page has a repository that no earlier one had.
      repositories: rows.map((row, index) =>
        index === 0 ? { ...row, ...listed, name: `first-of-${page}` } : row,
      ),
    })),
  );

/** Of a type, names that it has, some that it cannot have, and some that nobody knows. */
const budgetKinds: fc.Arbitrary<Row> = fc
  .tuple(
    fc.constantFrom('ProductPricing', 'SkuPricing', 'SkuPricing', 'SkuPricing', 'BundlePricing', 'Other'),
    fc.array(
      mostly(
        among(
          ...['actions', 'Packages', 'copilot', 'actions_linux', 'actions_macos', 'actions_macos'],
          ...['copilot_for_business', 'copilot_ai_credits', 'copilot_ai_unit', 'ai_credits', 'actions_new'],
        ),
      ),
      { minLength: 1, maxLength: 2 },
    ),
    fc.boolean(),
  )
  .map(([budget_type, names, isPlural]) => ({
    budget_type,
    ...(isPlural ? { budget_product_skus: names } : { budget_product_sku: names[0] ?? '' }),
  }));

const budgets = fc
  .tuple(
    enterprise('settings/billing/budgets', {
      ...FIELDS,
      budget_entity_name: fc.oneof(organizations, repositories, logins, among('center-1', 'acme/web')),
      budget_amount: fc.oneof(fc.nat(3), fc.nat(2000), fc.nat()),
      user: among('', ''),
    }),
    fc.array(budgetKinds, { minLength: 12, maxLength: 12, size: 'max' }),
    fc.integer({ min: 1, max: 12 }),
    fc.nat(3),
  )
  .map(([body, kinds, size, few]) => {
    const rows = (body.budgets as Row[]).map(({ budget_product_sku: _, ...row }, index) => ({
      ...row,
      ...kinds[index],
      id: `budget-${index}`,
      ...(index % 4 === 1 && { exclude_cost_center_usage: true }),
    }));
    // A few alone are certain more often than many.
    const kept = few === 0 ? rows : rows.slice(0, few);
    return paged(kept, size, (page, isLast) => ({ budgets: page, has_next_page: !isLast }));
  });

const userStates = fc.array(
  fc
    .array(
      fc.record({
        user: logins,
        consumed_amount: fc.nat(30),
        target_amount: fc.nat(20),
        override_budget_id: among('', '', '', null, 'budget-0', 'budget-1', 'gone'),
      }),
      { maxLength: 6 },
    )
    .map((user_states) => ({ user_states, has_next_page: false, total_count: user_states.length })),
  { minLength: 1, maxLength: 3 },
);

const costCenters = withList('costCenters', enterprise('settings/billing/cost-centers')).map((body) => {
  const { costCenters: all } = rowsWith(body, 'costCenters', (row, index) => ({
    ...row,
    id: `center-${index % 4}`,
  }));
  return [{ costCenters: (all as Row[]).slice(0, 5) }];
});

const kinds = (product: string, sku: string, unitType: string, pricePerUnit?: number): Row => ({
  ...{ product, sku, unitType },
  ...(pricePerUnit !== undefined && { pricePerUnit }),
});
/** What a bill has together; seldom in a unit that is not its own, and at times as anything. */
const billed: fc.Arbitrary<Row> = fc.oneof(
  {
    weight: 30,
    arbitrary: fc.constantFrom(
      kinds('Actions', 'Actions Linux', 'Minutes'),
      kinds('actions', 'actions_linux', 'minutes'),
      kinds('Actions', 'Actions macOS 3-core', 'Minutes'),
      kinds('actions', 'actions_new', 'minutes'),
      kinds('Packages', 'Packages storage', 'GigabyteHours'),
      kinds('packages', 'Packages data transfer', 'Gigabytes'),
      kinds('Copilot', 'Copilot Business', 'UserMonths', 19),
      kinds('copilot', 'copilot_for_business', 'user-months', 19),
      kinds('Copilot', 'Copilot Enterprise', 'UserMonths', 39),
      kinds('copilot', 'copilot_enterprise', 'user-months', 39),
      // Often, so that what inactive seats cost is known often.
      kinds('Copilot', 'Copilot Business', 'UserMonths', 19),
      kinds('Copilot', 'Copilot Enterprise', 'UserMonths', 39),
      kinds('Copilot', 'Copilot AI Credits', 'ai-units'),
      kinds('ghas', 'ghas_licenses', 'user-months'),
      kinds('GHEC', 'GitHub Enterprise Cloud licenses', 'UserMonths', 21),
      kinds('ghec', 'ghec_licenses', 'user-months', 21),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      kinds('Actions', 'Actions Linux', 'mins'),
      kinds('Packages', 'Packages storage', 'GB-Hours'),
      kinds('Copilot', 'Copilot Business', 'UserMonths', 21),
      kinds('Copilot', 'Copilot Enterprise', 'seats', 39),
    ),
  },
  { weight: 1, arbitrary: fc.constant({}) },
);
const withKinds = (body: fc.Arbitrary<Row>): fc.Arbitrary<Row> =>
  fc
    .tuple(body, fc.array(billed, { minLength: 12, maxLength: 12, size: 'max' }))
    .map(([given, all]) => rowsWith(given, 'usageItems', (item, index) => ({ ...item, ...all[index] })));

const usage = fc.array(withKinds(withList('usageItems', enterprise('settings/billing/usage', usageFields))), {
  minLength: 1,
  maxLength: 3,
});
const summary = withKinds(withList('usageItems', enterprise('settings/billing/usage/summary'))).map(
  (body) => [body],
);

const numbers = (...names: string[]) =>
  fc.record(Object.fromEntries(names.map((name) => [name, amount]))).map((body) => [body]);

const seats = fc.oneof(fc.nat(9999), fc.constant('unlimited'));
const SERVER_FIELDS = { seats, seats_available: seats, seats_used: fc.nat(9999) };

const EVERYWHERE = {
  'copilot/billing/seats': copilotSeats,
  'visual-studio-subscriptions': subscriptions,
  'license-sync-status': withList('server_instances', enterprise('license-sync-status', sync)).map((body) => [
    body,
  ]),
  'settings/billing/usage': usage,
  'settings/billing/cost-centers': costCenters,
  'settings/billing/usage/summary': summary,
  'settings/billing/budgets': budgets,
  /** In place of `budgets/{budget_id}/user-states`: the budgets take turns with the bodies. */
  'settings/billing/user-states': userStates,
  'settings/billing/premium_request/usage': enterprise('settings/billing/premium_request/usage').map(
    (body) => [body],
  ),
  'settings/billing/ai_credit/usage': enterprise('settings/billing/ai_credit/usage').map((body) => [body]),
  'settings/billing/advanced-security': committers,
  'settings/billing/actions': fc
    .tuple(numbers('total_minutes_used', 'total_paid_minutes_used'), fc.nat(4000))
    .map(([[body], included]) => [{ ...body, included_minutes: included }]),
  'settings/billing/packages': numbers(
    'total_gigabytes_bandwidth_used',
    'total_paid_gigabytes_bandwidth_used',
    'included_gigabytes_bandwidth',
  ),
  'settings/billing/shared-storage': numbers(
    'days_left_in_billing_cycle',
    'estimated_paid_storage_for_month',
    'estimated_storage_for_month',
  ),
  'enterprise/settings/license': fc
    .tuple(
      bodies('ghes-3.19', '/enterprise/settings/license', SERVER_FIELDS),
      fc.constantFrom<Row>({}, { days_until_expiration: null, expire_at: null }),
    )
    .map(([body, expires]) => [{ ...body, ...expires }]),
} satisfies Record<string, fc.Arbitrary<Json[]>>;

/** By endpoint, in one dialect. */
export const sound = (dialect: Dialect) => ({ 'consumed-licenses': licenses(dialect), ...EVERYWHERE });

function paged(
  rows: readonly Row[],
  size: number,
  page: (rows: Row[], isLast: boolean, number: number) => Row,
): Row[] {
  const starts = Array.from({ length: Math.max(1, Math.ceil(rows.length / size)) }, (_, at) => at * size);
  return starts.map((start, at) => page(rows.slice(start, start + size), at === starts.length - 1, at + 1));
}
