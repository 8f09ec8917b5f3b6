/**
 * One read for all who want the same at the same time: a hundred viewers of a run who are told that it has changed
 * read it once.
 */

/** For so long an answer stands for those who ask a moment later; a notice of a change ends it at once. */
const GOOD_FOR_MS = 150;

export class SharedReads<Value> {
  readonly #reads = new Map<string, { readonly value: Promise<Value>; readonly timer: NodeJS.Timeout }>();

  /** What `read` gives, or gave a moment ago to somebody else of the workspace who asked for this run. */
  share(workspace: number, id: string, read: () => Promise<Value>): Promise<Value> {
    const run = `${workspace}:${id}`;
    const known = this.#reads.get(run);
    if (known !== undefined) return known.value;
    const value = read();
    const timer = setTimeout(() => this.#reads.delete(run), GOOD_FOR_MS);
    timer.unref();
    this.#reads.set(run, { value, timer });
    value.catch(() => this.#drop(run));
    return value;
  }

  /** The run has changed. */
  forget(id: string): void {
    for (const run of this.#reads.keys()) if (run.endsWith(id)) this.#drop(run);
  }

  forgetAll(): void {
    for (const run of this.#reads.keys()) this.#drop(run);
  }

  #drop(run: string): void {
    clearTimeout(this.#reads.get(run)?.timer);
    this.#reads.delete(run);
  }
}
