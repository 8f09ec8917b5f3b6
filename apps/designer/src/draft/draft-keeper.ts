/** Keeps a draft the same here and at the server: sends, repeats, listens, remembers. The rules are in `draft-sync.ts`. */
import { applyChanges, type DocumentChange, type FlowDocument, type Json } from "@holdfast/dsl";
import { createStore } from "zustand/vanilla";
import type { FlowStore } from "../flow/flow-store.ts";
import { forget, keep, keptFor, withLeft, type Kept, type Storage } from "./draft-memory.ts";
import {
  beginSync,
  changeToMine,
  isSaved,
  syncStep,
  unsaved,
  type Answer,
  type Conflict,
  type Heard,
  type Parcel,
  type SyncEvent,
  type SyncState,
} from "./draft-sync.ts";

/** `kept`: not saved, but it stands in this browser. `lost`: it would be gone with the page. */
export type Saving = "saved" | "saving" | "kept" | "lost" | "refused";

export interface DraftView {
  readonly saving: Saving;
  readonly conflicts: readonly Conflict[];
  readonly refused: string | undefined;
  readonly revision: number;
}

/** What became of a call: `away` means that nobody knows whether it arrived. */
export type Sent =
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "refused"; readonly why: string }
  | { readonly kind: "behind" }
  | { readonly kind: "away" };

export interface KeeperTools {
  readonly flow: string;
  readonly person: string;
  /** This page, anew each time it is opened. */
  readonly client: string;
  readonly storage: Storage;
  readonly send: (parcel: Parcel, client: string) => Promise<Sent>;
  /** Opens the draft anew, which ends with {@link DraftKeeper.opened}. */
  readonly reopen: () => Promise<void>;
}

/** Milliseconds. */
const SAVE_AFTER = 400;
const RETRY_FIRST = 1_000;
const RETRY_MOST = 15_000;
/** Who writes where somebody else wrote so shortly before has not seen it. */
const TOGETHER = 60_000;

export class DraftKeeper {
  readonly view = createStore<DraftView>(() => ({ saving: "saved", conflicts: [], refused: undefined, revision: 0 }));
  readonly #tools: KeeperTools;
  #store: FlowStore | undefined;
  #state: SyncState;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #calling = false;
  #failures = 0;
  #isKept = true;
  /** What this page has just saved, by place. */
  readonly #wrote = new Map<
    string,
    { readonly path: readonly string[]; readonly value: Json | undefined; readonly at: number }
  >();
  readonly #waiting: { resolve: (revision: number) => void; reject: (error: Error) => void }[] = [];

  constructor(tools: KeeperTools, document: FlowDocument, revision: number) {
    this.#tools = tools;
    this.#state = beginSync(document, revision);
    this.view.setState({ revision });
  }

  /** Where the document is shown and changed. */
  attach(store: FlowStore): void {
    this.#store = store;
  }

  get revision(): number {
    return this.#state.revision;
  }

  get isSaved(): boolean {
    return isSaved(this.#state);
  }

  /** The store has changed. */
  typed(flow: FlowDocument): void {
    this.#do({ type: "typed", flow });
    this.#later(SAVE_AFTER);
  }

  heard(heard: Heard): void {
    const replaced = heard.own ? [] : this.#replacedBy(heard);
    this.#do({ type: "heard", ...heard });
    if (replaced.length > 0) this.#do({ type: "replaced", conflicts: replaced });
    this.#later(0);
  }

  missed(): void {
    this.#do({ type: "missed" });
    this.#later(0);
  }

  opened(document: FlowDocument, revision: number): void {
    this.#do({ type: "opened", document, revision });
    this.#later(0);
  }

  /** The server is there again. */
  back(): void {
    this.#failures = 0;
    this.#later(0);
  }

  /** Saves at once: the page is left, or is about to be. */
  now(): void {
    void this.#go();
  }

  /** Waits until all is saved. @throws if it is refused, or the server is away */
  flush(): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    this.#waiting.push({ resolve, reject });
    void this.#go();
    return promise;
  }

  /** The conflict is over: with the value of this page as a new change, or as it is. */
  settle(conflict: Conflict, use: "mine" | "theirs", label: string): void {
    if (use === "mine") {
      const change = changeToMine(conflict);
      this.#store?.getState().run(label, (flow) => applyChanges(flow, [change]).document);
    }
    this.#do({ type: "settled", path: conflict.path });
  }

  /** Takes in what earlier pages could not save. @returns in how many places */
  async restore(now: number): Promise<number> {
    let places = 0;
    for (const kept of keptFor(this.#tools.storage, this.#tools.flow, this.#tools.person)) {
      if (kept.client === this.#tools.client) continue;
      places += (await withLeft(kept, now, () => this.#adopt(kept))) ?? 0;
    }
    return places;
  }

  /** Two who write in one place at the same time are both told: who comes second by the answer, who came first by this. */
  #replacedBy({ changes, by }: Heard): Conflict[] {
    const now = Date.now();
    return changes.flatMap(({ path, after }): Conflict[] => {
      const key = JSON.stringify(path);
      const own = this.#wrote.get(key);
      this.#wrote.delete(key);
      const isRecent = own !== undefined && now - own.at <= TOGETHER;
      if (!isRecent || JSON.stringify(own.value) === JSON.stringify(after)) return [];
      return [
        {
          path,
          ...(own.value !== undefined && { mine: own.value }),
          ...(after !== undefined && { theirs: after }),
          ...(by !== undefined && { by }),
        },
      ];
    });
  }

  #written({ changes }: Parcel, { conflicts }: Answer): void {
    const out = new Set(conflicts.map(({ change }) => JSON.stringify(change.path)));
    for (const { path, after } of changes) {
      const key = JSON.stringify(path);
      if (!out.has(key) && path[0] !== "layout") this.#wrote.set(key, { path, value: after, at: Date.now() });
    }
  }

  async #adopt(kept: Kept): Promise<number> {
    const { storage, flow } = this.#tools;
    let { changes, conflicts } = kept;
    if (kept.sent !== undefined) {
      const sent = await this.#tools.send(kept.sent, kept.client);
      if (sent.kind === "away") return 0;
      if (sent.kind === "answer") conflicts = [...conflicts, ...sent.answer.conflicts.map(keptConflict)];
      else changes = [...kept.sent.changes, ...changes];
      await this.#tools.reopen();
    }
    this.#do({ type: "restored", changes, conflicts });
    forget(storage, flow, kept.client);
    this.#later(0);
    return changes.length + (kept.sent?.changes.length ?? 0);
  }

  #do(event: SyncEvent): void {
    this.#state = syncStep(this.#state, event);
    const store = this.#store?.getState();
    if (store !== undefined && store.flow !== this.#state.local) store.replace(this.#state.local);
    this.#remember();
    this.#show();
  }

  #later(after: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#go(), after);
  }

  async #go(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#calling) return;
    this.#calling = true;
    try {
      if (this.#state.behind && this.#state.sent === undefined) await this.#tools.reopen();
      this.#do({ type: "send" });
      const { sent } = this.#state;
      if (sent !== undefined) await this.#send(sent);
    } catch {
      this.#failed();
    } finally {
      this.#calling = false;
      this.#show();
      this.#answerWaiting();
    }
  }

  async #send(parcel: Parcel): Promise<void> {
    const sent = await this.#tools.send(parcel, this.#tools.client);
    if (sent.kind === "away") {
      this.#failed();
      return;
    }
    this.#failures = 0;
    const { seq } = parcel;
    if (sent.kind === "answer") {
      this.#written(parcel, sent.answer);
      this.#do({ type: "saved", seq, answer: sent.answer });
    }
    if (sent.kind === "refused") this.#do({ type: "refused", seq, why: sent.why });
    if (sent.kind === "behind") {
      this.#do({ type: "refused", seq, why: "" });
      this.#do({ type: "missed" });
      this.#do({ type: "typed", flow: this.#state.local });
    }
    if (!isSaved(this.#state) || this.#state.behind) this.#later(sent.kind === "answer" ? 50 : RETRY_FIRST);
  }

  #failed(): void {
    this.#failures += 1;
    this.#later(Math.min(RETRY_MOST, RETRY_FIRST * 2 ** (this.#failures - 1)));
  }

  #answerWaiting(): void {
    if (isSaved(this.#state) && !this.#state.behind) {
      for (const { resolve } of this.#waiting.splice(0)) resolve(this.#state.revision);
    } else if (this.#failures > 0 || this.#state.refused !== undefined) {
      const why = this.#state.refused ?? "The server can't be reached.";
      for (const { reject } of this.#waiting.splice(0)) reject(new Error(why));
    } else if (this.#waiting.length > 0) {
      this.#later(0);
    }
  }

  /** @param left the page is being left */
  remember(left: boolean): void {
    this.#remember(left);
  }

  #remember(left = false): void {
    const { storage, flow, person, client } = this.#tools;
    const { sent, conflicts } = this.#state;
    if (isSaved(this.#state) && conflicts.length === 0) {
      forget(storage, flow, client);
      this.#isKept = true;
      return;
    }
    const changes: readonly DocumentChange[] = unsaved(this.#state);
    const kept = { person, client, changes, conflicts, at: Date.now(), ...(sent && { sent }), ...(left && { left }) };
    this.#isKept = keep(storage, flow, kept);
  }

  #show(): void {
    const { conflicts, refused, revision } = this.#state;
    const saving = this.#saving();
    const before = this.view.getState();
    const same = before.saving === saving && before.conflicts === conflicts && before.refused === refused;
    if (!same || before.revision !== revision) this.view.setState({ saving, conflicts, refused, revision });
  }

  #saving(): Saving {
    if (isSaved(this.#state)) return "saved";
    if (!this.#isKept) return "lost";
    if (this.#state.refused !== undefined) return "refused";
    return this.#failures > 0 ? "kept" : "saving";
  }
}

function keptConflict({ change, found, missing, by }: Answer["conflicts"][number]): Conflict {
  return {
    path: change.path,
    ...(change.after === undefined ? {} : { mine: change.after }),
    ...(missing ? {} : { theirs: found }),
    ...(by === null ? {} : { by }),
  };
}
