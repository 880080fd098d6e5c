/** What a machine reads: the CSV files and the parts of `billing.json`. */
import type Big from 'big.js';
import type { Column, ColumnUnit, JsonFile, Part, Privacy, Table } from '../report.ts';
import type { Bill } from './bill.ts';
import { type BudgetSpending, certainSpending } from './budgets.ts';
import type { Committer, SecurityProduct } from './committers.ts';
import type { LineItem } from './costs.ts';
import { type Delivery, delivered } from './delivery.ts';
import { allSections } from './fetch.ts';
import { cents } from './money.ts';
import { nameKey } from './names.ts';
import type { BudgetUserState } from './people-budgets.ts';
import type { CostCenter, ModelItem, SummaryItem } from './schemas.ts';
import { canonicalSku } from './skus.ts';

/** Columns of fields that go by the name under which GitHub sends them. */
const fields = <Row>(
  privacy: Privacy,
  names: readonly (keyof Row & string)[],
  units: { readonly [Name in keyof Row & string]?: ColumnUnit } = {},
): Column<Row>[] =>
  names.map((name) => {
    const unit = units[name];
    return { name, privacy, value: (row) => row[name] as string | number, ...(unit && { unit }) };
  });

const table = <Row>(
  name: string,
  title: string,
  columns: Column<Row>[],
  rows: readonly Row[],
): Table<Row> => ({
  name,
  title,
  columns,
  rows,
});

const USAGE: Column<LineItem>[] = [
  ...fields<LineItem>(
    'public',
    [
      'date',
      'product',
      'sku',
      'quantity',
      'unitType',
      'pricePerUnit',
      'grossAmount',
      'discountAmount',
      'netAmount',
      'organizationName',
    ],
    // A price of less than a cent would read as 0.
    { date: 'date', grossAmount: 'usd', discountAmount: 'usd', netAmount: 'usd' },
  ),
  {
    name: 'repositoryName',
    // A bare name is that of the organization beside it; alone it may be a person's.
    privacy: ({ organizationName, repositoryName }) =>
      organizationName !== '' && !repositoryName.includes('/') ? 'public' : 'repository',
    value: ({ repositoryName }) => repositoryName,
  },
  { name: 'cost_center', privacy: 'public', value: (item) => item.costCenter },
  { name: 'canonical_sku', privacy: 'public', value: (item) => canonicalSku(item.sku) },
];

const SUMMARY = fields<SummaryItem>('public', [
  'product',
  'sku',
  'unitType',
  'pricePerUnit',
  'grossQuantity',
  'grossAmount',
  'discountQuantity',
  'discountAmount',
  'netQuantity',
  'netAmount',
]);
const MODELS: Column<ModelItem>[] = [...fields<ModelItem>('public', ['model']), ...SUMMARY];

/** What a cost center is made of, by the kind of resource as GitHub names it: `User`, `Org`, `Repo`, `Team`. */
const resources = (type: RegExp) => (costCenter: CostCenter) =>
  costCenter.resources.filter((resource) => type.test(resource.type)).map((resource) => resource.name);
export const organizationsOf = resources(/^org/i);

const COST_CENTERS: Column<CostCenter>[] = [
  ...fields<CostCenter>('public', ['id', 'name', 'state']),
  { name: 'organizations', privacy: 'public', value: organizationsOf },
  { name: 'repositories', privacy: 'repository', value: resources(/^repo/i) },
  { name: 'teams', privacy: 'public', value: resources(/team$/i) },
  { name: 'users', privacy: 'login', value: resources(/^user/i) },
  { name: 'ai_credit_pool_enabled', privacy: 'public', value: (center) => center.ai_credit_pool_enabled },
  { name: 'ai_credit_pool_state', privacy: 'public', value: (center) => center.ai_credit_pool_state },
];

const NAMELESS = COST_CENTERS.filter(({ name }) => name !== 'users');

/** What the entity of a budget is, by its scope; of any other scope it may be a person. */
const ENTITY_PRIVACY: Readonly<Record<string, Privacy>> = {
  enterprise: 'public',
  organization: 'public',
  costcenter: 'public',
  multiusercustomer: 'public',
  multiusercostcenter: 'public',
  repository: 'repository',
};

const unitOf = ({ kind }: BudgetSpending): ColumnUnit => (kind === 'licenses' ? 'number' : 'usd');

const BUDGETS: Column<BudgetSpending>[] = [
  { name: 'id', privacy: 'public', value: ({ budget }) => budget.id },
  { name: 'scope', privacy: 'public', value: ({ budget }) => budget.scope },
  {
    name: 'entity',
    privacy: ({ budget }) => ENTITY_PRIVACY[nameKey(budget.scope)] ?? 'login',
    value: ({ budget }) => budget.entity || budget.user,
  },
  { name: 'type', privacy: 'public', value: ({ budget }) => budget.type },
  { name: 'products', privacy: 'public', value: ({ budget }) => budget.products },
  { name: 'amount', privacy: 'public', value: ({ budget }) => budget.amount, unit: unitOf },
  { name: 'unit', privacy: 'public', value: ({ kind }) => (kind === 'licenses' ? 'licenses' : 'USD') },
  { name: 'spent', privacy: 'public', value: (row) => rounded(certainSpending(row)), unit: unitOf },
  {
    name: 'spent_percent',
    privacy: 'public',
    unit: 'percent',
    value: (row) => rounded(certainSpending(row) && row.percent?.lowest),
  },
  { name: 'spent_source', privacy: 'public', value: ({ source }) => source },
  {
    name: 'prevents_further_usage',
    privacy: 'public',
    value: ({ budget }) => budget.preventsFurtherUsage,
  },
];
const rounded = (value: Big | undefined): number | undefined => value && cents(value);

const USER_STATES: Column<BudgetUserState>[] = [
  { name: 'budget_id', privacy: 'public', value: ({ budgetId }) => budgetId },
  { name: 'user', privacy: 'login', value: ({ user }) => user },
  { name: 'consumed_amount', privacy: 'public', value: ({ consumed }) => consumed },
  { name: 'target_amount', privacy: 'public', value: ({ target }) => target },
  { name: 'override_budget_id', privacy: 'public', value: ({ overrideBudgetId }) => overrideBudgetId },
];

interface CommitterRow extends Committer {
  readonly product: string;
  readonly repository: string;
}
const COMMITTERS = [
  ...fields<CommitterRow>('public', ['product']),
  ...fields<CommitterRow>('repository', ['repository']),
  ...fields<CommitterRow>('login', ['user_login']),
  ...fields<CommitterRow>('public', ['last_pushed_date'], { last_pushed_date: 'date' }),
  ...fields<CommitterRow>('email', ['last_pushed_email']),
];

/** As `advanced_security_product` names them. */
const PRODUCTS: Readonly<Record<SecurityProduct, string>> = {
  bundled: 'advanced_security',
  code_security: 'code_security',
  secret_protection: 'secret_protection',
};

const committerRows = (section: Bill['data']['committers'][number]): CommitterRow[] =>
  (delivered(section)?.repositories ?? []).flatMap(({ name, people }) =>
    people.map((person) => ({ product: PRODUCTS[section.product], repository: name, ...person })),
  );

/** A file for each listing that GitHub delivered. */
export function csvTables(bill: Bill): Table[] {
  const { data, budgets } = bill;
  const tables: Table[] = [];
  if (data.usage.state === 'delivered') tables.push(usageTable(bill));
  if (data.people && data.committers.some((section) => section.state === 'delivered')) {
    const rows = data.committers.flatMap(committerRows);
    tables.push(table('committers', 'Advanced Security committers', COMMITTERS, rows));
  }
  if (budgets !== undefined) tables.push(table('budgets', 'Budgets', BUDGETS, budgets));
  return tables;
}

const usageTable = ({ lineItems }: Bill) => table('usage', 'Billing line items', USAGE, lineItems.items);

/** Every section that GitHub delivered, with the resource that it came from, and what was left out and why. */
export function billingJson(bill: Bill): JsonFile {
  const { data, budgets, lineItems, period } = bill;
  const part = <T>(delivery: Delivery<T>, contents: (sent: T) => Pick<Part, 'fields' | 'table'>): Part[] => {
    const sent = delivered(delivery);
    return sent === undefined
      ? []
      : [{ name: delivery.name, source: `GET ${delivery.path}`, ...contents(sent) }];
  };
  const parts: Part[] = [
    { name: 'period', fields: { year: period.year, month: period.month, complete: !period.isCurrent } },
    ...part(data.summary, (sent) => ({
      fields: { timePeriod: sent.timePeriod },
      table: table('usage_summary', 'Usage summary', SUMMARY, sent.usageItems),
    })),
    ...part(data.costCenters, (sent) => ({
      table: table('cost_centers', 'Cost centers', data.people ? COST_CENTERS : NAMELESS, sent),
    })),
    ...part(data.budgets, () => ({ table: table('budgets', 'Budgets', BUDGETS, budgets ?? []) })),
    ...(data.userStates
      ? part(data.userStates, (sent) => ({
          table: table('user_states', 'People at the limit of their budget', USER_STATES, sent),
        }))
      : []),
    ...[data.premiumRequests, data.aiCredits].flatMap((delivery) =>
      part(delivery, (sent) => ({
        fields: { timePeriod: sent.timePeriod },
        table: table(delivery.name, delivery.title, MODELS, sent.usageItems),
      })),
    ),
    ...data.committers.flatMap((delivery) =>
      part(delivery, ({ active, listed, maximum, purchased }) => ({
        fields: { active, listed, maximum, purchased },
        ...(data.people && {
          table: table(delivery.name, delivery.title, COMMITTERS, committerRows(delivery)),
        }),
      })),
    ),
    ...part(data.actions, (sent) => ({ fields: sent })),
    ...part(data.packages, (sent) => ({ fields: sent })),
    ...part(data.sharedStorage, (sent) => ({ fields: sent })),
    { name: 'left_out', table: table('left_out', 'Left out', LEFT_OUT, leftOut(bill)) },
    ...part(data.usage, () => ({
      fields: { complete: lineItems.gaps.length === 0 },
      table: usageTable(bill),
    })),
  ];
  return { name: 'billing', parts };
}

interface LeftOut {
  readonly section: string;
  readonly reason: string;
}
const LEFT_OUT = fields<LeftOut>('public', ['section', 'reason']);

const leftOut = ({ data }: Bill): LeftOut[] =>
  allSections(data).flatMap((section) =>
    section.state === 'delivered'
      ? []
      : [
          {
            section: section.name,
            reason: section.state === 'left-out' ? section.reason : 'could not be read',
          },
        ],
  );
