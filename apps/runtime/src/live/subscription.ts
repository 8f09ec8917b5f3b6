/** What one viewer has still to be told, between those who tell and the one who waits for it. */
export class Subscription<Item> {
  readonly #items = new Set<Item>();
  #wake: (() => void) | undefined;

  /** The same item twice, before it was taken, is one. */
  push(item: Item): void {
    this.#items.add(item);
    this.#wake?.();
  }

  /** All there is, as soon as there is something; empty once `signal` is aborted. */
  async take(signal: AbortSignal): Promise<readonly Item[]> {
    if (this.#items.size === 0 && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const done = (): void => {
          signal.removeEventListener("abort", done);
          this.#wake = undefined;
          resolve();
        };
        this.#wake = done;
        signal.addEventListener("abort", done, { once: true });
      });
    }
    if (signal.aborted) return [];
    const items = [...this.#items];
    this.#items.clear();
    return items;
  }
}
