/** Makes an element; text goes in as text, never as markup. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** How the parts around a table act on it; each of them shows the outcome. */
export interface Controls {
  /** Order or page. */
  readonly change: (update: () => void) => void;
  /** After the map of filters was changed. */
  readonly changeFilters: () => void;
  /** After columns were shown or hidden. */
  readonly changeColumns: () => void;
  /** Ends search and filters. */
  readonly clear: () => void;
}
