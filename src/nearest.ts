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

/** Text from outside in a message: quoted, on one line, not longer than a line. */
export function quote(text: string): string {
  const oneLine = JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
  return oneLine.replaceAll(
    /[\p{Cf}\p{Zl}\p{Zp}]/gu,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
