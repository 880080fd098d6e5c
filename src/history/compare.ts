/** Who gained or lost a seat between two runs, and for whom it changed. */
import { DisjointSets } from '../common/disjoint-sets.ts';
import { byName, fold } from '../common/text.ts';
import type { Handles } from '../reports/licenses/person.ts';
import { type Change, isNone } from './difference.ts';
import type { FileRow } from './previous.ts';
import { readSeat, type Seat, seatDifference } from './seat.ts';

/** Everyone of either run whose seat is not as it was: gained, lost, then changed, each in the order of the rows. */
export function compare(previous: readonly FileRow[], current: readonly FileRow[]): readonly Change[] {
  const before = previous.map(readSeat);
  const after = current.map(readSeat);
  const pairs = matchPeople(before, after);
  const kept = new Set(pairs.values());
  const change = (kind: Change['change'], then: Seat | undefined, now: Seat | undefined): Change => ({
    kind: 'seat',
    change: kind,
    person: ((now ?? then) as Seat).person,
    difference: seatDifference({ before: then, after: now }),
  });
  return [
    ...after.filter((seat) => !pairs.has(seat)).map((seat) => change('gained', undefined, seat)),
    ...before.filter((seat) => !kept.has(seat)).map((seat) => change('lost', seat, undefined)),
    ...[...pairs]
      .map(([now, then]) => change('changed', then, now))
      .filter(({ difference }) => !isNone(difference)),
  ];
}

/**
 * Who is who, now → then: by key, and of those whom that leaves by a server account or a Visual Studio subscription
 * that they still have, so that someone who got a login since, or gave it up, is the same person. A row is matched
 * once, and the matches are the same the other way round.
 */
function matchPeople(before: readonly Seat[], after: readonly Seat[]): ReadonlyMap<Seat, Seat> {
  const then = Map.groupBy(before, ({ key }) => key);
  const pairs = new Map<Seat, Seat>();
  const unmatched: Seat[] = [];
  for (const seat of after) {
    const same = then.get(seat.key)?.shift();
    if (same) pairs.set(seat, same);
    else unmatched.push(seat);
  }
  for (const [was, is] of linked([...then.values()].flat(), unmatched)) pairs.set(is, was);
  return pairs;
}

/** Those who share a handle, then and now. Where several do, they are paired in the order of their keys. */
function linked(before: readonly Seat[], after: readonly Seat[]): readonly (readonly [Seat, Seat])[] {
  const seats = [...before, ...after];
  const sets = new DisjointSets(seats.length);
  const holders = new Map<string, number>();
  for (const [index, { person }] of seats.entries()) {
    for (const handle of handlesOf(person)) {
      const holder = holders.get(handle);
      if (holder === undefined) holders.set(handle, index);
      else sets.join(holder, index);
    }
  }
  const byKey = (indexes: readonly number[]) =>
    indexes.map((index) => seats[index] as Seat).sort((a, b) => byName(a.key, b.key));
  return sets.groups().flatMap((group) => {
    const were = byKey(group.filter((index) => index < before.length));
    const are = byKey(group.filter((index) => index >= before.length));
    const count = Math.min(were.length, are.length);
    return Array.from({ length: count }, (_, index) => [were[index] as Seat, are[index] as Seat] as const);
  });
}

/** The handles that outlive a change of login. */
function handlesOf(person: Handles): readonly string[] {
  const ids = person.enterprise_server_user_ids.map(fold).filter(Boolean);
  const email = fold(person.visual_studio_subscription_email);
  return [...ids.map((id) => `server ${id}`), ...(email ? [`visual-studio ${email}`] : [])];
}
