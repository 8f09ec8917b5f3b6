/**
 * Live views of one process: who watches what, and telling them that it has changed. They read again by themselves.
 *
 * Notices make it fast; every two seconds it is looked whether one was lost. What many watch is looked at once. Who
 * begins to watch is told at once: what he read before may be older than what he will be told.
 */
import type { Logger } from "../log/logger.ts";
import type { Queryable } from "../read/queryable.ts";
import type { RunDetail } from "../read/run-detail.ts";
import type { LivePieces } from "../live-text/stored-texts.ts";
import { ChangedRuns, type ChangedRun, RUNS_PER_NOTICE } from "./changed-runs.ts";
import { changedRun, draftRevisions, listStamp, runStamps } from "./look-for-changes.ts";
import { type Here, type Notice, noticeText, readNotice } from "./notice.ts";
import { Presence, type Present } from "./presence.ts";
import { SharedReads } from "./shared-reads.ts";
import { Subscription } from "./subscription.ts";
import { TextViewers } from "./text-viewers.ts";

export interface LiveOptions {
  readonly database: Queryable;
  readonly workerId: number;
  readonly log: Logger;
  /** Tells every process, this one too. */
  readonly tell: (text: string) => void;
  /** Milliseconds between two looks for what no notice told. */
  readonly lookMs?: number;
}

/** Which runs somebody watches: some of them, those of a flow, or all of the workspace. */
export type RunScope =
  | { readonly ids: readonly string[] }
  /** `flows.ref`; null: all. */
  | { readonly workspace: number; readonly flow: number | null };

/** Ids of runs; empty: nobody knows which. */
export type RunChange = readonly string[];

export type DraftNews = "changes" | "present" | "types";

interface RunViewer {
  readonly scopes: readonly RunScope[];
  readonly news: Subscription<string>;
}

interface DraftViewer {
  readonly flow: number;
  readonly here: Here;
  readonly news: Subscription<DraftNews>;
}

const LOOK_MS = 2_000;
const SAY_MS = 10_000;
/** Stands among ids for "nobody knows which". */
const SOME = "";

export class Live {
  readonly changed: ChangedRuns;
  readonly #reads = new SharedReads<RunDetail | undefined>();
  readonly #options: LiveOptions;
  readonly #runViewers = new Set<RunViewer>();
  readonly #draftViewers = new Set<DraftViewer>();
  readonly #textViewers: TextViewers;
  readonly #presence = new Presence();
  /** Of the last look. */
  #stamps: ReadonlyMap<string, string> = new Map();
  readonly #revisions = new Map<number, number>();
  #timer: NodeJS.Timeout | undefined;
  #saidAt = -SAY_MS;
  #closed = false;

  constructor(options: LiveOptions) {
    this.#options = options;
    this.changed = new ChangedRuns((notice) => this.#tell(notice));
    this.#textViewers = new TextViewers(options.database);
  }

  /** A notice of some process. */
  told(text: string): void {
    const notice = readNotice(text);
    if (notice !== undefined) this.#receive(notice);
  }

  /** A write of a run has been committed here. */
  runChanged(run: ChangedRun): void {
    this.changed.add(run);
  }

  /** Pieces of texts of these runs were written here. */
  textsWritten(runs: readonly string[]): void {
    if (!this.changed.isWatched) return;
    for (let from = 0; from < runs.length; from += RUNS_PER_NOTICE) {
      this.#tell({ word: "texts", value: runs.slice(from, from + RUNS_PER_NOTICE) });
    }
  }

  /** What people see of a run has changed without a write of its holder: a decision that can still be taken back. */
  async runTouched(id: string): Promise<void> {
    if (!this.changed.isWatched) return;
    const run = await changedRun(this.#options.database, id);
    if (run !== undefined) this.runChanged(run);
  }

  /** A draft has got a new revision here. */
  draftChanged(flow: number, revision: number): void {
    this.#tell({ word: "draft", value: { flow, revision } });
  }

  /** Node types came, went or were changed here. */
  nodeTypesChanged(): void {
    this.#tell({ word: "types", value: null });
  }

  /** Listening for notices was interrupted. */
  missed(): void {
    this.#runsChanged([]);
    this.#textViewers.look();
  }

  /** Gives what has changed in any of these scopes, at first that anything may have, until `signal` is aborted. */
  async *watchRuns(scopes: readonly RunScope[], signal: AbortSignal): AsyncGenerator<RunChange> {
    const viewer: RunViewer = { scopes, news: new Subscription() };
    if (this.#runViewers.size + this.#textViewers.size === 0) this.#saidAt = -SAY_MS;
    this.#runViewers.add(viewer);
    this.#attend();
    try {
      await this.#begin(scopes);
      viewer.news.push(SOME);
      for (;;) {
        const ids = await viewer.news.take(signal);
        if (ids.length === 0) return;
        yield ids.includes(SOME) ? [] : ids;
      }
    } finally {
      this.#runViewers.delete(viewer);
    }
  }

  /** Gives what is being written in a run, from after a place on, until `signal` is aborted. */
  async *watchTexts(run: string, from: number, signal: AbortSignal): AsyncGenerator<LivePieces> {
    const watching = this.#textViewers.watch(run, from, signal);
    this.#attend();
    yield* watching;
  }

  /** Tells that there is news of a draft, until `signal` is aborted. Meanwhile its person is present. */
  async *watchDraft(
    who: Omit<Here, "node">,
    revision: number,
    signal: AbortSignal,
  ): AsyncGenerator<readonly DraftNews[]> {
    const here: Here = { ...who, node: null };
    const viewer: DraftViewer = { flow: who.flow, here, news: new Subscription() };
    this.#draftViewers.add(viewer);
    if (!this.#revisions.has(who.flow)) this.#revisions.set(who.flow, revision);
    this.#saidAt = -SAY_MS;
    this.#attend();
    this.#receive({ word: "here", value: here });
    for (const news of ["present", "changes"] as const) viewer.news.push(news);
    try {
      for (;;) {
        const news = await viewer.news.take(signal);
        if (news.length === 0) return;
        yield news;
      }
    } finally {
      this.#draftViewers.delete(viewer);
      if (!this.#watchesDraft(who.flow)) this.#revisions.delete(who.flow);
      this.#tell({ word: "gone", value: { flow: who.flow, client: who.client } });
    }
  }

  /** Where a person stands in a draft. It is forgotten unless the draft is watched too. */
  here(here: Here): void {
    this.#tell({ word: "here", value: here });
  }

  present(flow: number): readonly Present[] {
    return this.#presence.of(flow);
  }

  /**
   * What `read` gives. Viewers of a run who are told of a change at the same time read it once; where nobody watches it,
   * nothing would tell that what was read is old, and everybody reads for himself.
   */
  readRun(workspace: number, id: string, read: () => Promise<RunDetail | undefined>): Promise<RunDetail | undefined> {
    const watched = [...this.#runViewers].some(({ scopes }) =>
      scopes.some((scope) => "ids" in scope && scope.ids.includes(id)),
    );
    return watched ? this.#reads.share(workspace, id, read) : read();
  }

  /** Something has been changed here: whoever did it reads what came of it. */
  forgetReads(): void {
    this.#reads.forgetAll();
  }

  /** Viewers of this process. */
  get viewers(): number {
    return this.#runViewers.size + this.#draftViewers.size + this.#textViewers.size;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.changed.close();
  }

  #tell(notice: Notice): void {
    if (!this.#closed) this.#options.tell(noticeText(notice));
  }

  #receive(notice: Notice): void {
    switch (notice.word) {
      case "watching":
        this.changed.watched();
        return;
      case "runs":
        this.#runsChanged(notice.value);
        return;
      case "texts":
        this.#textViewers.told(notice.value);
        return;
      case "draft":
        this.#draftMoved(notice.value.flow, notice.value.revision);
        return;
      case "types":
        for (const { news } of this.#draftViewers) news.push("types");
        return;
      case "here":
        if (this.#presence.put(notice.value)) this.#newsOfDraft(notice.value.flow, "present");
        return;
      case "gone":
        if (this.#presence.remove(notice.value.flow, notice.value.client)) {
          this.#newsOfDraft(notice.value.flow, "present");
        }
    }
  }

  #runsChanged(runs: readonly string[]): void {
    if (runs.length === 0) {
      this.#reads.forgetAll();
      for (const { news } of this.#runViewers) news.push(SOME);
      return;
    }
    for (const text of runs) {
      const [workspace, flow, id] = text.split(":");
      if (id !== undefined) this.#runChanged(id, Number(workspace), Number(flow));
    }
  }

  #runChanged(id: string, workspace: number, flow: number): void {
    this.#reads.forget(id);
    const fits = (scope: RunScope): boolean =>
      "ids" in scope
        ? scope.ids.includes(id)
        : scope.workspace === workspace && (scope.flow === null || scope.flow === flow);
    for (const { scopes, news } of this.#runViewers) if (scopes.some(fits)) news.push(id);
  }

  #draftMoved(flow: number, revision: number): void {
    const known = this.#revisions.get(flow);
    if (known === undefined || revision <= known) return;
    this.#revisions.set(flow, revision);
    this.#newsOfDraft(flow, "changes");
  }

  #newsOfDraft(flow: number, news: DraftNews): void {
    for (const viewer of this.#draftViewers) if (viewer.flow === flow) viewer.news.push(news);
  }

  #watchesDraft(flow: number): boolean {
    return [...this.#draftViewers].some((viewer) => viewer.flow === flow);
  }

  /** Somebody watches: says so to all, and looks, as long as that lasts. */
  #attend(): void {
    this.changed.watched();
    this.#say();
    this.#next();
  }

  #next(): void {
    if (this.#closed) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.viewers === 0) {
        this.#stamps = new Map();
        return;
      }
      this.#say();
      this.#look()
        .catch((error: unknown) => this.#options.log.debug({ err: error }, "live views could not look"))
        .finally(() => this.#next());
    }, this.#options.lookMs ?? LOOK_MS);
    this.#timer.unref();
  }

  #say(): void {
    const now = performance.now();
    if (now - this.#saidAt < SAY_MS) return;
    this.#saidAt = now;
    const watched = this.#runViewers.size + this.#textViewers.size > 0;
    if (watched) this.#tell({ word: "watching", value: { worker: this.#options.workerId } });
    for (const { here } of this.#draftViewers) {
      const known = this.#presence.of(here.flow).find(({ client }) => client === here.client);
      this.#tell({ word: "here", value: { ...here, node: known?.node ?? null } });
    }
  }

  async #look(): Promise<void> {
    this.#textViewers.look();
    for (const flow of this.#presence.forget()) this.#newsOfDraft(flow, "present");
    const stamps = await this.#stampsOf([...this.#runViewers].flatMap(({ scopes }) => scopes));
    const before = this.#stamps;
    this.#stamps = stamps;
    for (const [name, stamp] of stamps) if (before.get(name) !== stamp) this.#seen(name);
    const flows = [...this.#revisions.keys()];
    if (flows.length === 0) return;
    for (const [flow, revision] of await draftRevisions(this.#options.database, flows)) {
      this.#draftMoved(flow, revision);
    }
  }

  /** What the next look compares with, for what nobody has watched until now. Whoever reads after this sees no less. */
  async #begin(scopes: readonly RunScope[]): Promise<void> {
    const unknown = scopes.filter((scope) =>
      "ids" in scope ? scope.ids.some((id) => !this.#stamps.has(id)) : !this.#stamps.has(listName(scope)),
    );
    if (unknown.length === 0) return;
    try {
      const found = await this.#stampsOf(unknown);
      this.#stamps = new Map([...found, ...this.#stamps]);
    } catch (error) {
      this.#options.log.debug({ err: error }, "a live view could not look");
    }
  }

  async #stampsOf(scopes: readonly RunScope[]): Promise<Map<string, string>> {
    const { database } = this.#options;
    const ids = [...new Set(scopes.flatMap((scope) => ("ids" in scope ? scope.ids : [])))];
    const stamps = new Map(ids.length === 0 ? [] : await runStamps(database, ids));
    for (const scope of scopes) {
      if ("ids" in scope || stamps.has(listName(scope))) continue;
      stamps.set(listName(scope), await listStamp(database, scope.workspace, scope.flow));
    }
    return stamps;
  }

  /** A look found something else than the one before. What was not known before is told too. */
  #seen(name: string): void {
    this.#reads.forget(name);
    for (const { scopes, news } of this.#runViewers) {
      for (const scope of scopes) {
        if (!("ids" in scope)) {
          if (listName(scope) === name) news.push(SOME);
        } else if (scope.ids.includes(name)) news.push(name);
      }
    }
  }
}

const listName = ({ workspace, flow }: { readonly workspace: number; readonly flow: number | null }): string =>
  `${workspace}:${flow ?? ""}`;
