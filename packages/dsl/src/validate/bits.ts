/** Sets of small whole numbers, as wide as a graph has nodes. */
export class Bits {
  readonly #words: Uint32Array;

  constructor(size: number, words = new Uint32Array((size + 31) >>> 5)) {
    this.#words = words;
  }

  has(index: number): boolean {
    return ((this.#words[index >>> 5] ?? 0) & (1 << (index & 31))) !== 0;
  }

  add(index: number): this {
    this.#words[index >>> 5] = (this.#words[index >>> 5] ?? 0) | (1 << (index & 31));
    return this;
  }

  addAll(other: Bits): this {
    const [mine, theirs] = [this.#words, other.#words];
    for (let i = 0; i < mine.length; i++) mine[i] = (mine[i] ?? 0) | (theirs[i] ?? 0);
    return this;
  }

  keepOnly(other: Bits): this {
    const [mine, theirs] = [this.#words, other.#words];
    for (let i = 0; i < mine.length; i++) mine[i] = (mine[i] ?? 0) & (theirs[i] ?? 0);
    return this;
  }

  copy(): Bits {
    return new Bits(0, this.#words.slice());
  }

  /** What all of the sets hold; nothing if there are none. */
  static common(size: number, sets: readonly Bits[]): Bits {
    const [first, ...rest] = sets;
    return rest.reduce((result, set) => result.keepOnly(set), first?.copy() ?? new Bits(size));
  }

  /** What any of the sets holds. */
  static union(size: number, sets: readonly Bits[]): Bits {
    return sets.reduce((result, set) => result.addAll(set), new Bits(size));
  }
}
