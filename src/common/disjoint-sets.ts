/** Which of `size` things belong together (union by size with path halving: near-linear). */
export class DisjointSets {
  private readonly parent: Int32Array;
  private readonly sizes: Int32Array;

  constructor(size: number) {
    this.parent = Int32Array.from({ length: size }, (_, index) => index);
    this.sizes = new Int32Array(size).fill(1);
  }

  join(a: number, b: number): void {
    const [first, second] = [this.find(a), this.find(b)];
    if (first === second) return;
    const [large, small] = this.sizeOf(first) >= this.sizeOf(second) ? [first, second] : [second, first];
    this.parent[small] = large;
    this.sizes[large] = this.sizeOf(large) + this.sizeOf(small);
  }

  /** Those that were joined to something, as groups in the order of their first member; members in order. */
  groups(): number[][] {
    const groups = new Map<number, number[]>();
    for (let index = 0; index < this.parent.length; index++) {
      const root = this.find(index);
      if (this.sizeOf(root) === 1) continue;
      const group = groups.get(root);
      if (group) group.push(index);
      else groups.set(root, [index]);
    }
    return [...groups.values()];
  }

  private find(index: number): number {
    let at = index;
    for (;;) {
      const parent = this.parent[at] as number;
      if (parent === at) return at;
      const grandparent = this.parent[parent] as number;
      this.parent[at] = grandparent;
      at = grandparent;
    }
  }

  private sizeOf(root: number): number {
    return this.sizes[root] as number;
  }
}
