import { describe, expect, it } from 'vitest';
import { costPerOrganization } from '../../src/reports/cost-per-organization.ts';
import { organizationSeats } from '../../src/reports/licenses/organizations.ts';
import { cloud } from './licenses/people.ts';

const { rows } = organizationSeats([
  cloud('a', { github_com_member_roles: ['Acme:Owner', 'beta:Member'] }),
  cloud('b', { github_com_member_roles: ['Acme:Member'] }),
]);

const cells = (costs: [string, number][]) =>
  costPerOrganization(rows, new Map(costs))?.blocks.find((block) => block.kind === 'table')?.rows;

describe('the cost per organization', () => {
  it('puts people beside the money, the most expensive first', () => {
    expect(
      cells([
        ['beta', 5],
        ['Acme', 30],
      ]),
    ).toEqual([
      ['Acme', 2, 1, 30, 15],
      ['beta', 1, 0, 5, 5],
    ]);
  });

  it('joins names whatever their case', () => {
    expect(
      cells([
        ['ACME', 10],
        ['acme', 2],
      ]),
    ).toEqual([['Acme', 2, 1, 12, 6]]);
  });

  it('knows no people of an organization that lists none, and names what belongs to none', () => {
    expect(
      cells([
        ['gone', 7],
        ['', 1],
      ]),
    ).toEqual([
      ['gone', undefined, undefined, 7, undefined],
      ['no organization', undefined, undefined, 1, undefined],
    ]);
  });

  it('is left out when no cost is known', () => {
    expect(costPerOrganization(rows, new Map())).toBeUndefined();
  });
});
