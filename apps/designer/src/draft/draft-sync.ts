/**
 * How a draft that several people edit is kept the same everywhere: a machine without I/O.
 *
 * `server` is what the server has, as far as it was heard; `local` is what the page shows. Whatever differs is still to
 * be saved. Changes are sent one parcel at a time. Until its answer is known, nothing else is believed: what is heard
 * of others meanwhile waits in `heard`. The answer tells what others did before and after the parcel, so that `server`
 * is exact again, and what was changed here since is put on top of it.
 *
 * Nobody is overwritten: where two changed the same place, the document keeps what came first, and the other value is
 * kept as a conflict until somebody has chosen.
 */
import { applyChanges, changesBetween, type DocumentChange, type FlowDocument, type Json } from "@holdfast/dsl";
import { atPath, missingFrom } from "./place.ts";

/** Somebody, as the server names people. */
export interface By {
  readonly kind: string;
  readonly id: string;
}

export interface Parcel {
  /** Counts what this page sends, from 1: the server takes each once. */
  readonly seq: number;
  /** What the changes were made against. */
  readonly revision: number;
  readonly changes: readonly DocumentChange[];
}

export interface Conflict {
  readonly path: readonly string[];
  /** Absent: it was removed here. */
  readonly mine?: Json;
  /** Absent: somebody removed it. */
  readonly theirs?: Json;
  readonly by?: By;
}

/** What others did in one revision. */
export interface Heard {
  readonly revision: number;
  readonly changes: readonly DocumentChange[];
  /** This very page did it: the changes are not told. */
  readonly own: boolean;
  readonly by?: By;
}

export interface SyncState {
  readonly server: FlowDocument;
  readonly revision: number;
  readonly local: FlowDocument;
  /** Without an answer as yet. It is sent again until there is one. */
  readonly sent?: Parcel;
  readonly heard: readonly Heard[];
  readonly seq: number;
  readonly conflicts: readonly Conflict[];
  /** Something was missed: the draft must be opened anew before anything is sent. */
  readonly behind: boolean;
  /** The server does not take what is to be saved: why. */
  readonly refused?: string;
}

export interface Answer {
  readonly revision: number;
  readonly others: readonly DocumentChange[];
  /** How many of `others` came before the parcel. */
  readonly earlier: number;
  readonly conflicts: readonly {
    readonly change: DocumentChange;
    readonly found: Json;
    readonly missing: boolean;
    readonly by: By | null;
  }[];
  readonly reopen: boolean;
}

export type SyncEvent =
  /** Something was done here. */
  | { readonly type: "typed"; readonly flow: FlowDocument }
  /** What differs goes into a parcel, if none is under way. */
  | { readonly type: "send" }
  | { readonly type: "saved"; readonly seq: number; readonly answer: Answer }
  | { readonly type: "refused"; readonly seq: number; readonly why: string }
  | ({ readonly type: "heard" } & Heard)
  /** What happened since is no longer remembered. */
  | { readonly type: "missed" }
  | { readonly type: "opened"; readonly revision: number; readonly document: FlowDocument }
  /** Changes of an earlier visit that had not been saved. */
  | { readonly type: "restored"; readonly changes: readonly DocumentChange[]; readonly conflicts: readonly Conflict[] }
  /** Somebody has put something else where this page had just written. */
  | { readonly type: "replaced"; readonly conflicts: readonly Conflict[] }
  | { readonly type: "settled"; readonly path: readonly string[] };

export function beginSync(document: FlowDocument, revision: number): SyncState {
  return { server: document, revision, local: document, heard: [], seq: 0, conflicts: [], behind: false };
}

/** What is to be saved besides what is under way. */
export function unsaved(state: SyncState): DocumentChange[] {
  return changesBetween(sentDocument(state), state.local);
}

export const isSaved = (state: SyncState): boolean => state.sent === undefined && unsaved(state).length === 0;

export function syncStep(state: SyncState, event: SyncEvent): SyncState {
  switch (event.type) {
    case "typed": {
      const { refused: _, ...rest } = state;
      return { ...rest, local: event.flow };
    }
    case "send":
      return sent(state);
    case "saved":
      return state.sent?.seq === event.seq ? saved(state, state.sent, event.answer) : state;
    case "refused": {
      if (state.sent?.seq !== event.seq) return state;
      const { sent: _, ...rest } = state;
      return { ...afterHeard(rest), refused: event.why };
    }
    case "heard": {
      if (event.revision <= state.revision) return state;
      const heard = { ...state, heard: [...state.heard, event] };
      return state.sent === undefined ? afterHeard(heard) : heard;
    }
    case "missed":
      return { ...state, behind: true };
    case "opened":
      return opened(state, event.document, event.revision);
    case "restored":
      return restored(state, event.changes, event.conflicts);
    case "replaced":
      return { ...state, conflicts: withConflicts(state.conflicts, event.conflicts) };
    case "settled":
      return { ...state, conflicts: state.conflicts.filter(({ path }) => !samePath(path, event.path)) };
  }
}

function sent(state: SyncState): SyncState {
  if (state.sent !== undefined || state.behind || state.refused !== undefined) return state;
  const changes = changesBetween(state.server, state.local);
  if (changes.length === 0) return state;
  const seq = state.seq + 1;
  return { ...state, seq, sent: { seq, revision: state.revision, changes } };
}

/** The document as it was when the parcel was made. */
function sentDocument({ server, sent: parcel }: SyncState): FlowDocument {
  return parcel === undefined ? server : applyChanges(server, parcel.changes).document;
}

function saved(state: SyncState, parcel: Parcel, answer: Answer): SyncState {
  const { sent: _, ...rest } = state;
  const out = new Set(answer.conflicts.map(({ change }) => JSON.stringify(change.path)));
  const taken = parcel.changes.filter(({ path }) => !out.has(JSON.stringify(path)));
  const parts = [answer.others.slice(0, answer.earlier), taken, answer.others.slice(answer.earlier)];
  let server = state.server;
  let isExact = !answer.reopen;
  for (const changes of parts) {
    const applied = applyChanges(server, changes);
    server = applied.document;
    if (applied.conflicts.length > 0) isExact = false;
  }
  const conflicts = answer.conflicts.map(({ change, by }): Conflict =>
    conflictOf(change.path, { local: state.local, server, by: by ?? undefined }),
  );
  const since = changesBetween(sentDocument(state), state.local);
  const next = rebased(
    { ...rest, server, revision: answer.revision },
    since,
    withConflicts(state.conflicts, conflicts),
  );
  return afterHeard(isExact ? next : { ...next, behind: true });
}

/** Takes in what was heard of others, as far as nothing between is missing. */
function afterHeard(state: SyncState): SyncState {
  let { server, revision, behind } = state;
  const writers = new Map<string, By>();
  const left = state.heard.toSorted((a, b) => a.revision - b.revision);
  for (const { revision: at, changes, own, by } of left) {
    if (at <= revision) continue;
    if (at > revision + 1 || own) {
      behind = true;
      break;
    }
    const applied = applyChanges(server, changes);
    if (applied.conflicts.length > 0) behind = true;
    ({ document: server } = applied);
    revision = at;
    if (by !== undefined) for (const { path } of changes) writers.set(JSON.stringify(path), by);
  }
  if (server === state.server && revision === state.revision) return { ...state, heard: [], behind };
  const since = changesBetween(state.server, state.local);
  const next = { ...state, server, revision, heard: [], behind };
  return rebased(next, since, state.conflicts, (path) => writers.get(JSON.stringify(path)));
}

function opened(state: SyncState, document: FlowDocument, revision: number): SyncState {
  // The answer to the parcel is awaited first: only it tells what became of it.
  if (state.sent !== undefined) return { ...state, behind: true };
  if (revision < state.revision) return state;
  const since = changesBetween(state.server, state.local);
  const heard = state.heard.filter((one) => one.revision > revision);
  return afterHeard(rebased({ ...state, server: document, revision, heard, behind: false }, since, state.conflicts));
}

function restored(state: SyncState, changes: readonly DocumentChange[], conflicts: readonly Conflict[]): SyncState {
  const { document, conflicts: left } = applyChanges(state.local, changes);
  const lost = left.map(({ change }) => ({
    path: change.path,
    ...(change.after === undefined ? {} : { mine: change.after }),
    ...theirs(state.local, change.path),
  }));
  return { ...state, local: document, conflicts: withConflicts(withConflicts(state.conflicts, conflicts), lost) };
}

/** Puts what was done here since on top of what the server has now. */
function rebased(
  state: SyncState,
  since: readonly DocumentChange[],
  conflicts: readonly Conflict[],
  writer: (path: readonly string[]) => By | undefined = () => undefined,
): SyncState {
  const { document, conflicts: left } = applyChanges(state.server, since);
  const lost = left.map(({ change }) =>
    conflictOf(change.path, { local: state.local, server: state.server, by: writer(change.path) }),
  );
  // A conflict tells what stands there now; one whose values have become the same is none any more.
  const known = withConflicts(conflicts, lost).map((conflict) => ({
    ...without(conflict, "theirs"),
    ...theirs(document, conflict.path),
  }));
  return {
    ...state,
    local: shownAs(state.local, document),
    conflicts: known.filter((one) => !isSame(one.mine, one.theirs)),
  };
}

/**
 * The page's own object, changed only where the values differ: names of objects have an order on the page that they lose
 * on the way over the server, and rows must not change places under the hands of whoever types.
 */
const shownAs = (local: FlowDocument, document: FlowDocument): FlowDocument =>
  applyChanges(local, changesBetween(local, document)).document;

/** Where the place is gone altogether, the conflict is about what held it. */
function conflictOf(
  path: readonly string[],
  { local, server, by }: { local: FlowDocument; server: FlowDocument; by: By | undefined },
): Conflict {
  const place = missingFrom(server, path);
  const mine = atPath(local, place);
  return { path: place, ...(mine === undefined ? {} : { mine }), ...theirs(server, place), ...(by && { by }) };
}

function theirs(document: FlowDocument, path: readonly string[]): { readonly theirs?: Json } {
  const value = atPath(document, path);
  return value === undefined ? {} : { theirs: value };
}

/** The later one of the same place counts; who wrote stays known. */
function withConflicts(conflicts: readonly Conflict[], more: readonly Conflict[]): readonly Conflict[] {
  const all = new Map(conflicts.map((one) => [JSON.stringify(one.path), one]));
  for (const one of more) {
    const key = JSON.stringify(one.path);
    const by = one.by ?? all.get(key)?.by;
    all.set(key, { ...one, ...(by && { by }) });
  }
  return [...all.values()];
}

function without(conflict: Conflict, _key: "theirs"): Conflict {
  const { theirs: _, ...rest } = conflict;
  return rest;
}

const samePath = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((part, index) => part === b[index]);

const isSame = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The change that gives a conflict the value of this page. */
export function changeToMine({ path, mine, theirs: found }: Conflict): DocumentChange {
  return { path, ...(found === undefined ? {} : { before: found }), ...(mine === undefined ? {} : { after: mine }) };
}
