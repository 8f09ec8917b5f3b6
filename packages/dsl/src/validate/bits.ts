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
    return this.#combine(other, (mine, theirs) => mine | theirs);
  }

  keepOnly(other: Bits): this {
    return this.#combine(other, (mine, theirs) => mine & theirs);
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

  #combine(other: Bits, by: (mine: number, theirs: number) => number): this {
    for (let i = 0; i < this.#words.length; i++) this.#words[i] = by(this.#words[i] ?? 0, other.#words[i] ?? 0);
    return this;
  }
}
