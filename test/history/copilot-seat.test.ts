import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareCopilot } from '../../src/history/copilot-seat.ts';
import type { Change } from '../../src/history/difference.ts';

/** As it stands in `copilot.json`. */
const grant = (login: string, more: Readonly<Record<string, unknown>> = {}) => ({
  login,
  plan_type: 'business',
  organization: 'acme',
  team: '',
  pending_cancellation_date: '',
  ...more,
});
type Grants = readonly ReturnType<typeof grant>[];

const brief = (changes: readonly Change[]) =>
  changes.map(({ kind, change, person, difference }) => [
    `${kind} ${change} ${person.github_com_login}`,
    Object.fromEntries(Object.entries(difference).filter(([, value]) => value.length > 0)),
  ]);
const compared = (before: Grants, after: Grants, people: readonly Change[] = []) =>
  brief(compareCopilot(before, after, people));

test('seats gained and lost say what is, or was, held', () => {
  const ending = grant('ben', {
    organization: '',
    team: 'Platform',
    pending_cancellation_date: '2026-12-01',
  });
  expect(compared([ending], [grant('ana', { plan_type: 'enterprise' })])).toEqual([
    ['copilot gained ana', { planType: 'enterprise', grantorsAdded: ['acme'] }],
    ['copilot lost ben', { planType: 'business', grantorsRemoved: ['Platform (team)'], ends: '2026-12-01' }],
  ]);
});

test('a seat changes with its plans, with who grants it, and when it is to end', () => {
  const ends = { pending_cancellation_date: '2026-12-01' };
  expect(
    compared(
      [grant('Ana'), grant('ben'), grant('cy', ends), grant('cy', { organization: 'beta' })],
      [
        grant('ana'),
        grant('ana', { organization: 'beta', plan_type: 'enterprise' }),
        grant('ben', ends),
        grant('cy', ends),
        grant('cy', { organization: 'Beta', pending_cancellation_date: '2026-12-09' }),
      ],
    ),
  ).toEqual([
    ['copilot changed ana', { planType: 'business → business, enterprise', grantorsAdded: ['beta'] }],
    ['copilot changed ben', { ends: 'none → 2026-12-01' }],
    ['copilot changed cy', { ends: 'none → 2026-12-09' }],
  ]);
});

test('order, case, activity, and grants of nobody are no changes', () => {
  const before = [grant('ana'), grant('ana', { organization: 'beta' }), grant('')];
  const after = [
    grant('ben', { plan_type: 'business' }),
    grant('ANA', { organization: 'BETA', state: 'inactive', last_activity_at: '2026-11-01T00:00:00Z' }),
    grant('ana', { organization: 'Acme' }),
  ];
  expect(compared([...before, grant('ben')], after)).toEqual([]);
});

test('nothing is said of what one of the files does not know', () => {
  const { plan_type, pending_cancellation_date, ...older } = grant('ana');
  const now = grant('ana', { plan_type: 'enterprise', pending_cancellation_date: '2026-12-01' });
  expect(brief(compareCopilot([older], [now], []))).toEqual([]);
  expect(brief(compareCopilot([now], [older], []))).toEqual([]);
});

const rename = (from: string, to: string): Change => ({
  kind: 'seat',
  change: 'changed',
  person: { github_com_login: to, enterprise_server_user_ids: [], visual_studio_subscription_email: '' },
  difference: { previousLogin: from },
});

test('somebody who has another login now keeps their seat', () => {
  const people = [rename('Ana', 'ana-lee')];
  expect(compared([grant('ana')], [grant('Ana-Lee')], people)).toEqual([
    ['copilot changed Ana-Lee', { previousLogin: 'ana' }],
  ]);
});

test('a login that somebody else had then is not taken for the one who has it now', () => {
  const people = [rename('ana', 'ben')];
  expect(compared([grant('ana'), grant('ben')], [grant('ben')], people)).toEqual([
    ['copilot lost ana', { planType: 'business', grantorsRemoved: ['acme'] }],
  ]);
});

const grants = fc.array(
  fc
    .record({
      login: fc.constantFrom('', 'ana', 'Ana', 'ben', 'cy'),
      plan_type: fc.constantFrom('', 'business', 'enterprise'),
      organization: fc.constantFrom('', 'acme', 'beta'),
      pending_cancellation_date: fc.constantFrom('', '2026-12-01', '2026-12-09'),
    })
    .map(({ login, ...more }) => grant(login, more)),
  { maxLength: 8 },
);

test('gained and lost are exchanged when the runs are, and a run is as itself', () => {
  const count = (changes: readonly Change[]) => {
    const of = (kind: Change['change']) => changes.filter(({ change }) => change === kind).length;
    return { gained: of('gained'), lost: of('lost'), changed: of('changed') };
  };
  const people = (all: Grants) => new Set(all.map(({ login }) => login.toLowerCase()).filter(Boolean)).size;
  fc.assert(
    fc.property(grants, grants, (before, after) => {
      expect(compareCopilot(before, before, [])).toEqual([]);
      const { gained, lost, changed } = count(compareCopilot(before, after, []));
      expect(count(compareCopilot(after, before, []))).toEqual({ gained: lost, lost: gained, changed });
      expect(gained - lost).toBe(people(after) - people(before));
    }),
  );
});
