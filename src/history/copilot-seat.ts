/** Who gained or lost a Copilot seat between two runs, and for whom it changed. */
import { fold } from '../common/text.ts';
import { grantorOf } from '../reports/copilot/people.ts';
import { type Change, type Difference, isNone, namesOf, type Pair, step, textOf } from './difference.ts';
import type { FileRow } from './previous.ts';

/** What somebody's grants come to. `undefined`: a row does not say, and then nothing is said of a change. */
interface CopilotSeat {
  readonly login: string;
  readonly plans: readonly string[] | undefined;
  /** The organizations and teams that grant it. */
  readonly grantors: readonly string[];
  /** When the last grant ends; '' where one stays. */
  readonly ends: string | undefined;
}

/** By login; grants of nobody are left out. */
function readCopilotSeats(rows: readonly FileRow[]): ReadonlyMap<string, CopilotSeat> {
  const seats = new Map<string, CopilotSeat>();
  for (const [key, own] of Map.groupBy(rows, ({ login }) => fold(textOf(login) ?? ''))) {
    if (key === '') continue;
    seats.set(key, {
      login: textOf(own[0]?.login) ?? '',
      plans: allOf(own.map((row) => textOf(row.plan_type))),
      grantors: own
        .map((row) =>
          grantorOf({ organization: textOf(row.organization) ?? '', team: textOf(row.team) ?? '' }),
        )
        .filter((name) => name !== ''),
      ends: endOf(own),
    });
  }
  return seats;
}

function endOf(rows: readonly FileRow[]): string | undefined {
  const ends = allOf(
    rows.map(({ pending_cancellation_date: date }) => (typeof date === 'string' ? date.trim() : undefined)),
  );
  return ends?.includes('') ? '' : ends?.toSorted().at(-1);
}

const allOf = <Value>(values: readonly (Value | undefined)[]): readonly Value[] | undefined =>
  values.every((value) => value !== undefined) ? values : undefined;

/**
 * Everyone of either run whose Copilot seat is not as it was: gained, lost, then changed, each in the order of the rows.
 * `people`: the changes of the same people between the same runs, which know who has another login now.
 */
export function compareCopilot(
  previous: readonly FileRow[],
  rows: readonly FileRow[],
  people: readonly Change[],
): readonly Change[] {
  const before = renameSeats(readCopilotSeats(previous), people);
  const current = readCopilotSeats(rows);
  const change = (kind: Change['change'], pair: Pair<CopilotSeat>): Change => ({
    kind: 'copilot',
    change: kind,
    person: {
      github_com_login: (pair.after ?? pair.before)?.login ?? '',
      enterprise_server_user_ids: [],
      visual_studio_subscription_email: '',
    },
    difference: copilotDifference(pair),
  });
  const kept = [...current].flatMap(([key, after]) => {
    const seat = before.get(key);
    return seat ? [change('changed', { before: seat, after })] : [];
  });
  return [
    ...[...current]
      .filter(([key]) => !before.has(key))
      .map(([, after]) => change('gained', { before: undefined, after })),
    ...[...before]
      .filter(([key]) => !current.has(key))
      .map(([, seat]) => change('lost', { before: seat, after: undefined })),
    ...kept.filter(({ difference }) => !isNone(difference)),
  ];
}

function renameSeats(
  seats: ReadonlyMap<string, CopilotSeat>,
  people: readonly Change[],
): ReadonlyMap<string, CopilotSeat> {
  const renamed = new Map(
    people.flatMap(({ person, difference: { previousLogin } }) =>
      previousLogin ? [[fold(previousLogin), fold(person.github_com_login)]] : [],
    ),
  );
  return new Map(
    [...seats].map(([login, seat]) => {
      const now = renamed.get(login);
      // Somebody else may have held a seat under that login then.
      return [now === undefined || seats.has(now) ? login : now, seat];
    }),
  );
}

function copilotDifference(pair: Pair<CopilotSeat>): Difference {
  const { before, after } = pair;
  const grantors = namesOf(pair, (seat) => seat.grantors);
  return {
    previousLogin: before && after && fold(before.login) !== fold(after.login) ? before.login : '',
    planType: step(pair, (seat) => seat.plans),
    grantorsAdded: grantors.added,
    grantorsRemoved: grantors.removed,
    ends: step(pair, (seat) => seat.ends),
  };
}
