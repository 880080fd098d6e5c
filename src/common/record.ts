/** Values of JSON. */

/** An object of JSON that is no list. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `JSON.stringify` of a value that JSON has, however deep it is nested: that alone is as deep as the stack. */
export function toJson(value: object): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return deepJson(value);
    throw error;
  }
}

function deepJson(root: object): string {
  const texts: string[] = [];
  // What is still to be written, the next one last.
  const left: ({ readonly text: string } | { readonly value: unknown })[] = [{ value: root }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if ('text' in next) {
      texts.push(next.text);
      continue;
    }
    const { value } = next;
    if (typeof value !== 'object' || value === null) {
      texts.push(JSON.stringify(value) ?? 'null');
      continue;
    }
    const isList = Array.isArray(value);
    const items = Object.entries(value).filter(([, item]) => isList || item !== undefined);
    texts.push(isList ? '[' : '{');
    left.push({ text: isList ? ']' : '}' });
    for (const [index, [name, item]] of [...items.entries()].reverse()) {
      left.push({ value: item });
      left.push({ text: (index > 0 ? ',' : '') + (isList ? '' : `${JSON.stringify(name)}:`) });
    }
  }
  return texts.join('');
}
