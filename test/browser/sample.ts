/** A report as an enterprise would see it, for looking at and for the browser's tests. Everything is made up. */
import { wrongHost } from '../../src/metrics.ts';
import type { Document } from '../../src/output/document.ts';
import type { Column, Table } from '../../src/reports/report.ts';
import { judged } from '../outcomes.ts';

const GIVEN =
  'Ada Alan Barbara Brian Carol Dennis Donald Edsger Frances Grace Hedy Jean Joan Katherine Ken Leslie Lynn Margaret Niklaus Radia'.split(
    ' ',
  );
const FAMILY =
  'Allen Backus Clarke Conway Dijkstra Goldberg Hamilton Hopper Johnson Kay Keller Knuth Lamarr Lamport Liskov Lovelace Perlman Ritchie Thompson Wirth'.split(
    ' ',
  );
const ORGANIZATIONS = 'platform payments mobile data-science web infrastructure security research'.split(' ');
const TYPES = ['Enterprise', 'Enterprise', 'Enterprise', 'Visual Studio subscription'];

export interface SamplePerson {
  readonly github_com_login: string;
  readonly github_com_name: string;
  readonly enterprise_server_user_ids: readonly string[];
  readonly github_com_user: boolean;
  readonly license_type: string;
  readonly github_com_profile: string;
  readonly github_com_member_roles: readonly string[];
  readonly github_com_verified_domain_emails: readonly string[];
  readonly github_com_saml_name_id: string;
  readonly enterprise_server_emails: readonly string[];
  readonly github_com_two_factor_auth: boolean | null;
  readonly visual_studio_license_status: string;
  readonly total_user_accounts: number;
}

const pick = <Item>(items: readonly Item[], number: number): Item => items[number % items.length] as Item;

export function samplePerson(index: number): SamplePerson {
  const [given, family] = [pick(GIVEN, index * 7), pick(FAMILY, Math.floor(index / 20) + index)];
  // Scattered digits, so that the sample compresses no better than real names do.
  const digits = (Math.imul(index + 1, 2_654_435_761) >>> 0).toString(36);
  const login = `${given}-${family}-${digits}`.toLowerCase();
  const cloud = index % 9 !== 4;
  return {
    github_com_login: cloud ? login : '',
    github_com_name: `${given} ${family}`,
    enterprise_server_user_ids: index % 3 === 0 ? [`ghes-1:${login}`] : [],
    github_com_user: cloud,
    license_type: pick(TYPES, index),
    github_com_profile: cloud ? `https://github.com/${login}` : '',
    github_com_member_roles: [
      `${pick(ORGANIZATIONS, index * 3)}:Member`,
      `${pick(ORGANIZATIONS, index * 5 + 1)}:Owner`,
    ],
    github_com_verified_domain_emails: index % 5 ? [`${login}@example.com`] : [],
    github_com_saml_name_id: cloud ? `${digits}@idp.example.com` : '',
    enterprise_server_emails:
      index % 3 === 0 ? [`${given}.${family}.${digits}@ghes.example.com`.toLowerCase()] : [],
    github_com_two_factor_auth: cloud ? index % 14 !== 3 : null,
    visual_studio_license_status: '',
    total_user_accounts: 1 + (index % 3),
  };
}

const column = (
  name: keyof SamplePerson,
  privacy: Column<SamplePerson>['privacy'] = 'public',
): Column<SamplePerson> => ({ name, privacy, value: (person) => person[name] });

export function peopleTable(people: readonly SamplePerson[]): Table<SamplePerson> {
  return {
    name: 'licenses',
    title: 'People',
    rows: people,
    columns: [
      column('github_com_login', 'login'),
      column('github_com_name', 'name'),
      column('enterprise_server_user_ids', 'id'),
      column('github_com_user'),
      column('license_type'),
      column('github_com_profile', 'url'),
      column('github_com_member_roles', 'role'),
      column('github_com_verified_domain_emails', 'email'),
      column('github_com_saml_name_id', 'id'),
      column('enterprise_server_emails', 'email'),
      column('github_com_two_factor_auth'),
      column('visual_studio_license_status'),
      column('total_user_accounts'),
    ],
  };
}

const organizationsTable: Table = {
  name: 'organizations',
  title: 'Organizations',
  rows: ORGANIZATIONS.map((organization, index) => [
    organization,
    2 + index,
    900 - index * 97,
    14 + index,
    300 - index * 31,
  ]),
  columns: ['organization', 'owners', 'members', 'outside_collaborators', 'exclusive_people'].map(
    (name, index) => ({
      name,
      privacy: 'public',
      value: (row) => row[index],
    }),
  ),
};

const usageTable: Table = {
  name: 'usage',
  title: 'Usage',
  rows: Array.from({ length: 180 }, (_, index) => ({
    date: `2026-10-${String(1 + Math.floor(index / 6)).padStart(2, '0')}`,
    product: pick(['actions', 'packages', 'ghas', 'copilot'], index),
    sku: pick(['Actions Linux', 'Packages data transfer', 'Code Security', 'Copilot Business'], index),
    quantity: 1200 + ((index * 773) % 4000),
    unit_price: pick([0.008, 0.5, 30, 19], index),
    net_amount: ((index * 7919) % 90_000) / 100,
    organization: pick(ORGANIZATIONS, index * 3),
  })),
  columns: ['date', 'product', 'sku', 'quantity', 'unit_price', 'net_amount', 'organization'].map((name) => ({
    name,
    privacy: 'public',
    value: (row) => row[name],
  })),
};

const days = (amount: number, from: string) =>
  Array.from({ length: amount }, (_, index) =>
    new Date(Date.parse(from) + index * 86_400_000).toISOString().slice(0, 10),
  );

/** `people` seat holders, or these. */
export function sampleDocument(people: number | readonly SamplePerson[] = 4_512): Document {
  const holders =
    typeof people === 'number' ? Array.from({ length: people }, (_, index) => samplePerson(index)) : people;
  return {
    title: 'GitHub Enterprise report',
    enterprise: 'octo-corp',
    generatedAt: new Date('2026-11-02T06:00:12Z'),
    apiUrl: 'https://api.github.com',
    status: 'fail',
    headline: '12 more seats are consumed than were purchased',
    figures: [
      { label: 'Seats available', value: -12, format: 'number', hint: '4,512 of 4,500 in use', tone: 'bad' },
      { label: 'Cost this month', value: 48_210.4, format: 'usd', hint: 'forecast $61,300', tone: 'warn' },
      {
        label: 'Servers in sync',
        value: '3 of 3',
        format: 'text',
        hint: 'oldest sync 1 day ago',
        tone: 'good',
      },
    ],
    alerts: [
      {
        level: 'warning',
        text: [
          'The token expires in 9 days. ',
          { link: 'https://github.com/settings/tokens', text: 'Renew it' },
          '.',
        ],
      },
    ],
    judgements: [
      ...judged('seats-available: below 0', { 'seats-available': -12 }),
      ...judged('seats-used-percent: above 95', { 'seats-used-percent': 100.27 }, 'warn'),
      ...judged('oldest-sync-days: above 8', { 'oldest-sync-days': 1 }),
      ...judged(
        'license-days-left: below 30',
        { 'license-days-left': wrongHost('there is no license') },
        'warn',
      ),
    ],
    reports: [
      {
        title: 'Licenses',
        sections: [
          {
            title: 'Seats over time',
            blocks: [
              {
                kind: 'table',
                columns: [
                  { label: 'Run', format: 'text' },
                  { label: 'Seats consumed', format: 'number' },
                ],
                rows: days(26, '2026-05-04').map((_, index) => [
                  days(182, '2026-05-04')[index * 7] ?? '',
                  4_180 + index * 13 + (index % 4) * 9,
                ]),
                chart: { type: 'line', title: 'Seats consumed, by run', x: 'Run', y: 'Seats consumed' },
                limit: 6,
              },
            ],
          },
          {
            title: 'License types',
            blocks: [
              {
                kind: 'table',
                columns: [
                  { label: 'License', format: 'text' },
                  { label: 'People', format: 'number' },
                  { label: 'Share', format: 'percent' },
                ],
                rows: [
                  ['Enterprise', 3_384, 75],
                  ['Visual Studio subscription', 902, 20],
                  ['Server only', 226, 5],
                ],
                chart: { type: 'pie', title: 'People by license', x: 'License', y: 'People' },
              },
            ],
          },
          {
            title: 'Organizations',
            blocks: [
              {
                kind: 'text',
                text: 'An exclusive person would give back a seat by leaving that one organization.',
              },
              {
                kind: 'table',
                columns: [
                  { label: 'Organization', format: 'text' },
                  { label: 'People', format: 'number' },
                  { label: 'Exclusive', format: 'number' },
                ],
                rows: ORGANIZATIONS.map((organization, index) => [
                  { link: `https://github.com/${organization}`, text: organization },
                  900 - index * 97,
                  300 - index * 31,
                ]),
                chart: { type: 'bar', title: 'People by organization', x: 'Organization', y: 'People' },
                limit: 6,
                file: 'organizations.csv',
              },
            ],
          },
          {
            title: 'Seats that could be given back',
            collapsed: true,
            blocks: [
              {
                kind: 'callout',
                level: 'note',
                text: '37 seats are candidates. Check before you remove anyone.',
              },
              {
                kind: 'list',
                items: [
                  ['Pending invitations: ', { strong: '12' }],
                  ['Outside collaborators: ', { person: samplePerson(0).github_com_login }, ' and 24 more'],
                ],
              },
            ],
          },
        ],
        tables: [peopleTable(holders), organizationsTable],
      },
      {
        title: 'Billing',
        sections: [
          {
            title: 'Cost by day',
            blocks: [
              {
                kind: 'figures',
                figures: [
                  { label: 'Gross', value: 52_900, format: 'usd' },
                  { label: 'Discounts', value: 4_689.6, format: 'usd' },
                  { label: 'Net', value: 48_210.4, format: 'usd' },
                  { label: 'Actions minutes', value: 1_204_331, format: 'number' },
                ],
              },
              {
                kind: 'table',
                columns: [
                  { label: 'Day', format: 'text' },
                  { label: 'Net', format: 'usd' },
                ],
                rows: days(31, '2026-10-01').map((date, index) => [date, 900 + ((index * 577) % 1_300)]),
                chart: { type: 'bar', title: 'Net cost by day, US dollars', x: 'Day', y: 'Net' },
                limit: 6,
              },
            ],
          },
        ],
        tables: [usageTable],
      },
    ],
    files: ['licenses.csv', 'licenses.json', 'organizations.csv', 'usage.csv', 'billing.json'],
    pages: [],
    redacted: false,
  };
}
