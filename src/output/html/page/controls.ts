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
