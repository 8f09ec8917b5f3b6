/** One connection tells all parts of the page which runs have changed. */
import { createStore } from "zustand/vanilla";
import { rpc } from "./client.ts";
import type { Inputs } from "./outputs.ts";
import { whileSeen } from "./while-seen.ts";

export interface RunScope {
  /** Only these runs, or those of a flow; neither: all. */
  readonly ids?: readonly string[] | undefined;
  readonly flow?: string | undefined;
}

interface Part {
  readonly scope: RunScope;
  readonly told: () => void;
  /** Nothing was told to it yet. */
  isNew: boolean;
}

type Watched = NonNullable<Inputs["runs"]["watch"]>;

export class RunWatch {
  /** Whether changes arrive by themselves. */
  readonly live = createStore<boolean>(() => false);
  readonly #parts = new Set<Part>();
  readonly #subscribe: typeof rpc.runs.watch.subscribe;
  /** What the connection is told of, as text. */
  #open: { readonly scopes: ReadonlySet<string>; readonly close: () => void } | undefined;
  #settling = false;

  constructor(subscribe: typeof rpc.runs.watch.subscribe) {
    this.#subscribe = subscribe;
  }

  /** Tells of every change, at first that there may have been one, until what it answers is called. */
  watch(scope: RunScope, told: () => void): () => void {
    const part: Part = { scope, told, isNew: true };
    this.#parts.add(part);
    this.#settle();
    return () => {
      this.#parts.delete(part);
      this.#settle();
    };
  }

  /** Once for all that come and go with one page. */
  #settle(): void {
    if (this.#settling) return;
    this.#settling = true;
    queueMicrotask(() => {
      this.#settling = false;
      this.#renew();
    });
  }

  /** What nobody wants any more is not worth a new connection. */
  #renew(): void {
    const scopes = new Set([...this.#parts].flatMap(({ scope }) => namesOf(scope)));
    const open = this.#open?.scopes;
    if (scopes.size > 0 && open !== undefined && [...scopes].every((scope) => open.has(scope))) {
      // What it read may be older than what is told from now on.
      if (this.live.getState()) for (const { isNew, told } of this.#parts) if (isNew) told();
      for (const part of this.#parts) part.isNew = false;
      return;
    }
    for (const part of this.#parts) part.isNew = false;
    this.#open?.close();
    this.#open = undefined;
    this.live.setState(false, true);
    if (scopes.size === 0) return;
    const close = whileSeen(({ begun, ended }) => {
      const watch = this.#subscribe(watchedOf(scopes), {
        onStarted: () => {
          begun();
          this.live.setState(true, true);
        },
        onData: ({ data: { runs } }) => this.#tell(new Set(runs)),
        onConnectionStateChange: ({ state }) => {
          if (state !== "pending") this.live.setState(false, true);
        },
        onError: ended,
        onComplete: ended,
      });
      return () => {
        watch.unsubscribe();
        this.live.setState(false, true);
      };
    });
    this.#open = { scopes, close };
  }

  /** Nobody knows which: all. Of which flow they are is not told. */
  #tell(runs: ReadonlySet<string>): void {
    for (const { scope, told } of this.#parts) {
      if (scope.ids === undefined || runs.size === 0 || scope.ids.some((id) => runs.has(id))) told();
    }
  }
}

const namesOf = ({ ids, flow }: RunScope): readonly string[] => {
  if (ids !== undefined) return ids.map((id) => `run ${id}`);
  return [flow === undefined ? "all" : `flow ${flow}`];
};

function watchedOf(scopes: ReadonlySet<string>): Watched {
  const named = (kind: string): string[] =>
    [...scopes].flatMap((scope) => (scope.startsWith(`${kind} `) ? [scope.slice(kind.length + 1)] : []));
  const ids = named("run");
  const flows = named("flow");
  return {
    ...(ids.length === 0 ? {} : { ids }),
    ...(flows.length === 0 ? {} : { flows }),
    ...(scopes.has("all") ? { all: true } : {}),
  };
}

export const runWatch = new RunWatch((...args) => rpc.runs.watch.subscribe(...args));
