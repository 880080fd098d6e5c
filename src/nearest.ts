import leven from 'leven';

/** The candidate that a misspelt name most likely meant, or `undefined` when none is close. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[\s_-]/g, '');
  const wanted = plain(name);
  const [best] = candidates
    .map((candidate) => ({ candidate, distance: leven(wanted, plain(candidate), { maxDistance: 20 }) }))
    .sort((a, b) => a.distance - b.distance);
  return best && best.distance <= Math.max(2, Math.floor(best.candidate.length / 3))
    ? best.candidate
    : undefined;
}

/** ` Did you mean "seats-over"?`, or '' when nothing is close. */
export function didYouMean(name: string, candidates: readonly string[]): string {
  const candidate = nearest(name, candidates);
  return candidate === undefined ? '' : ` Did you mean "${candidate}"?`;
}
