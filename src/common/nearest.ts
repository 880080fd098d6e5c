import leven from 'leven';

/** What people write for a word of a name, or for a whole one. */
const SYNONYMS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    remaining: ['available'],
    left: ['available'],
    free: ['available'],
    unused: ['available'],
    total: ['purchased'],
    bought: ['purchased'],
    assigned: ['consumed'],
    used: ['consumed'],
    exceeded: ['over'],
    license: ['seats'],
    licenses: ['seats'],
    seats: ['licenses'],
    people: ['users'],
    members: ['users'],
    '2fa': ['two-factor'],
    mfa: ['two-factor'],
    percentage: ['percent'],
    spend: ['cost', 'cost-net'],
    spending: ['cost', 'cost-net'],
    cost: ['billing'],
    costs: ['billing', 'cost'],
    usage: ['billing'],
    md: ['markdown'],
    web: ['html'],
    excel: ['xlsx', 'csv'],
    xls: ['xlsx', 'csv'],
    spreadsheet: ['xlsx', 'csv'],
    prom: ['prometheus'],
  }),
);

const MOST_WORDS = 6;
const MOST_NAMES = 8;

/** The candidates that a name most likely meant: a slip of a letter, a beginning, another word, or what is close. */
export function nearest(name: string, candidates: readonly string[]): readonly string[] {
  const words = name
    .trim()
    .toLowerCase()
    .split(/[\s_-]+/)
    .filter((word) => word !== '');
  const wanted = words.join('-');
  if (wanted === '') return [];
  const [closest] = candidates
    .map((candidate) => ({ candidate, distance: distanceOf(wanted, candidate) }))
    .sort((a, b) => a.distance - b.distance);
  if (closest === undefined) return [];
  if (closest.distance <= 1) return [closest.candidate];

  const begun = candidates.filter((candidate) => wanted.length > 2 && candidate.startsWith(wanted));
  if (begun.length > 0 && begun.length <= MOST_NAMES) return begun;

  const meant = spellingsOf(words).filter((spelling) => candidates.includes(spelling));
  if (meant.length > 0) return meant.slice(0, 1);

  const allowed = Math.max(2, Math.floor(closest.candidate.length / 3));
  return closest.distance <= allowed ? [closest.candidate] : [];
}

/** In letters, hyphens aside. */
const distanceOf = (a: string, b: string): number =>
  leven(a.replaceAll('-', ''), b.replaceAll('-', ''), { maxDistance: 20 });

/** The words in their order, each as it is or as one of its synonyms. */
const spellingsOf = (words: readonly string[]): readonly string[] =>
  words.length > MOST_WORDS
    ? []
    : words.reduce<readonly string[]>(
        (starts, word) =>
          starts.flatMap((start) =>
            [word, ...(SYNONYMS.get(word) ?? [])].map((next) => (start === '' ? next : `${start}-${next}`)),
          ),
        [''],
      );

/** ` Did you mean "seats-over"?`, or '' when nothing is close. */
export function didYouMean(name: string, candidates: readonly string[]): string {
  const names = nearest(name, candidates).map((candidate) => `"${candidate}"`);
  const last = names.pop();
  if (last === undefined) return '';
  return ` Did you mean ${names.length === 0 ? last : `${names.join(', ')} or ${last}`}?`;
}
