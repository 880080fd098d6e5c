/** How what somebody held at an earlier run differs from what they hold now. */
import { byName, fold } from '../common/text.ts';
import type { Handles } from '../reports/licenses/person.ts';

/** Somebody who gained or lost a license, or whose license is not as it was. */
export interface Change {
  readonly kind: 'seat' | 'copilot';
  readonly change: 'gained' | 'lost' | 'changed';
  /** As they are now; for a lost license as they were. */
  readonly person: Handles;
  readonly difference: Difference;
}

/** Empty where nothing changed. Of a license gained or lost it says what is, or was, held. */
export interface Difference {
  readonly previousLogin?: string;
  /** `Enterprise → Visual Studio subscription`, or one of them for what is gained or lost; so are all single texts. */
  readonly licenseType?: string;
  readonly accounts?: string;
  readonly visualStudio?: string;
  readonly enterpriseRoles?: string;
  readonly organizationsJoined?: readonly string[];
  readonly organizationsLeft?: readonly string[];
  readonly planType?: string;
  readonly grantorsAdded?: readonly string[];
  readonly grantorsRemoved?: readonly string[];
  readonly ends?: string;
}
export type Aspect = keyof Difference;

/** `undefined` holders: nothing was, or is, held. */
export interface Pair<Held> {
  readonly before: Held | undefined;
  readonly after: Held | undefined;
}

/** `then → now`; '' where either is unknown. What is gained or lost has only one of them. */
export function step<Held>(
  { before, after }: Pair<Held>,
  read: (held: Held) => string | readonly string[] | undefined,
): string {
  const shown = (held: Held | undefined): string | undefined => {
    const value = held && read(held);
    return typeof value === 'string' ? value : value && asSet(value).join(', ');
  };
  const [then, now] = [shown(before), shown(after)];
  if (!before || !after) return now ?? then ?? '';
  if (then === undefined || now === undefined || fold(then) === fold(now)) return '';
  return `${then || 'none'} → ${now || 'none'}`;
}

/** The names that came and those that went, in any case; none where either side is unknown. */
export function namesOf<Held>(
  { before, after }: Pair<Held>,
  read: (held: Held) => readonly string[] | undefined,
): { readonly added: readonly string[]; readonly removed: readonly string[] } {
  const then = before ? read(before) : [];
  const now = after ? read(after) : [];
  return { added: missingFrom(then, now), removed: missingFrom(now, then) };
}

function missingFrom(
  others: readonly string[] | undefined,
  names: readonly string[] | undefined,
): readonly string[] {
  if (!others || !names) return [];
  const known = new Set(others.map(fold));
  return asSet(names).filter((name) => !known.has(fold(name)));
}

/** Each name once, in any case, in alphabetical order. */
const asSet = (names: readonly string[]): readonly string[] =>
  [...new Map(names.map((name) => [fold(name), name] as const))]
    .sort(([a], [b]) => byName(a, b))
    .map(([, name]) => name);

export const isNone = (difference: Difference): boolean =>
  Object.values(difference).every((value) => value.length === 0);

/* ── Reading rows of a file ──────────────────────────────────────────────────────────────────────────────────── */

/** `undefined`: the row does not say. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
