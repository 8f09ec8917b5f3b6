/** The gestures of the canvas as commands on the flow: each is one entry of the history, and is told to who listens. */
import { END, ERROR_PORT, START, bodyOf, type Body, type FlowDocument, type NodeManifest } from "@holdfast/dsl";
import { addNode, type NewNode } from "../flow/add-node.ts";
import { align, distribute, moveNodes, tidy, type AlignSide } from "../flow/arrange-cards.ts";
import { addNote, editNote, moveNote, removeNote } from "../flow/change-flow.ts";
import { setName } from "../flow/change-node.ts";
import { deleteNodes } from "../flow/delete-nodes.ts";
import { connect, disconnect, reconnect, whyNotConnect, type EdgeEnds, type Refusal } from "../flow/edges.ts";
import type { FlowStore } from "../flow/flow-store.ts";
import { duplicate, pasteFragment } from "../flow/fragment.ts";
import { addPattern } from "../flow/patterns.ts";
import { allEdges, allNodes, findEdge, findNode } from "../flow/graphs.ts";
import { makeRoom } from "../flow/make-room.ts";
import { declaredPorts, manifestOf, spokenIn } from "../flow/manifests.ts";
import { announce } from "../keys/announce.ts";
import type { Point } from "../layout/card.ts";
import type { IssueSource } from "../problems/issue-place.ts";
import { failed } from "../ui/toast.ts";
import type { EditText } from "./edit-words.ts";
import type { InsertPlace } from "./canvas-props.ts";
import { cardName } from "./card-name.ts";
import { portWord } from "./node-words.ts";
import { paletteEntries, patternEntries, type PatternEntry } from "./palette-entries.ts";
import { noteId, noteOf } from "./picture.ts";
import { positionsOf } from "./positions.ts";
import { INTO } from "./walk.ts";

/** Why an edge is not drawn, in words. */
const REFUSED = {
  unknown: "cantConnectCircle",
  start: "cantConnectCircle",
  end: "cantConnectCircle",
  circle: "cantConnectCircle",
  across: "cantConnectAcross",
  exists: "cantConnectExists",
} as const satisfies Readonly<Record<Refusal, string>>;

export class Editing {
  private readonly store: FlowStore;
  private readonly manifests: readonly NodeManifest[];
  private readonly t: EditText;

  constructor(store: FlowStore, manifests: readonly NodeManifest[], t: EditText) {
    this.store = store;
    this.manifests = manifests;
    this.t = t;
  }

  private get flow(): FlowDocument {
    return this.store.getState().flow;
  }

  /** The document that problems are of. */
  get source(): IssueSource {
    return { flow: this.flow, manifests: this.manifests };
  }

  /** What a card is called. */
  name(id: string): string {
    return cardName(this.flow, id, this.t.language);
  }

  private port(port: string): string {
    return portWord(port, this.t.language);
  }

  /** The ways out of a card, `error` where it is asked for. */
  portsOf(id: string, withError = false): string[] {
    if (id === START) return ["out"];
    const node = findNode(this.flow, id)?.node;
    if (node === undefined) return [];
    const declared = declaredPorts(manifestOf(this.flow, this.manifests, node.type), node) ?? ["out"];
    const used = [...allEdges(this.flow).values()].some(({ edge }) => edge.from === id && edge.port === ERROR_PORT);
    return declared.length > 0 && (used || withError) ? [...new Set([...declared, ERROR_PORT])] : declared;
  }

  /** The ways that a card can be led on by: those out of it and, of a loop, the one to what it does. */
  waysOf(id: string): string[] {
    const ports = this.portsOf(id, true);
    return this.bodyOf(id) === undefined ? ports : [INTO, ...ports];
  }

  private bodyOf(id: string): Body | undefined {
    const node = findNode(this.flow, id)?.node;
    return node === undefined ? undefined : bodyOf(node);
  }

  private isEmptyLoop(id: string): boolean {
    const body = this.bodyOf(id);
    return body !== undefined && Object.keys(body.nodes).length === 0;
  }

  /** The way that is meant where nobody says: into a loop that holds nothing, else the first that leads nowhere, else the first. */
  portMeant(id: string): string | undefined {
    if (this.isEmptyLoop(id)) return INTO;
    const ports = this.portsOf(id);
    const taken = new Set(
      [...allEdges(this.flow).values()]
        .filter(({ edge, scope }) => edge.from === id && (id !== START || scope.length === 0))
        .map(({ edge }) => edge.port ?? "out"),
    );
    return ports.find((port) => !taken.has(port)) ?? ports[0];
  }

  /** After which card something is added that is not put anywhere: the one that is selected, else the last on the spine. */
  addAfter(selected: ReadonlySet<string>): string {
    const [only] = selected;
    return selected.size === 1 && only !== undefined && noteOf(only) === undefined ? only : this.lastOnSpine();
  }

  /** Follows the first ways out to the last card. */
  private lastOnSpine(): string {
    const edges = [...allEdges(this.flow).values()].filter(({ scope }) => scope.length === 0).map(({ edge }) => edge);
    const after = (from: string): string | undefined => {
      const [port] = this.portsOf(from);
      const next = edges.find((edge) => edge.from === from && (edge.port ?? "out") === port && edge.to !== END)?.to;
      return next === undefined || this.portsOf(next).length === 0 ? undefined : next;
    };
    let at = START;
    for (let steps = 0; steps <= edges.length; steps += 1) {
      const next = after(at);
      if (next === undefined) return at;
      at = next;
    }
    return at;
  }

  /** Adds an entry of the palette. The id of what has the focus then. */
  add(entryId: string, place: InsertPlace): string | undefined {
    const pattern = patternEntries(this.manifests, this.t.language).find(({ id }) => id === entryId);
    if (pattern !== undefined) return this.addPattern(pattern, place);
    const entry = paletteEntries(spokenIn(this.flow, this.manifests), this.t.language).find(({ id }) => id === entryId);
    if (entry === undefined) return undefined;
    const options: NewNode = {
      ...placeOptions(place),
      ...(entry.preset !== undefined && { preset: entry.preset }),
    };
    const told = this.placeTold(place);
    const { id } = this.store.getState().run(
      this.t("doAdd", { name: entry.title }),
      (flow) => {
        const made = addNode(flow, entry.manifest, options);
        const placed = makeRoom(flow, made.flow, this.manifests, made.id);
        return { ...made, flow: this.named(placed, made.id, entry.title) };
      },
      { select: (made) => ({ nodes: new Set([made.id]) }) },
    );
    announce(told(this.name(id)));
    return id;
  }

  /** Ids are English, and so is the name that a card has of its id alone. */
  private named(flow: FlowDocument, id: string, title: string): FlowDocument {
    if (this.t.language === "en") return flow;
    const taken = new Set([...allNodes(flow).keys()].map((other) => cardName(flow, other, this.t.language)));
    let name = title;
    for (let n = 2; taken.has(name); n += 1) name = `${title} ${n}`;
    return setName(flow, id, name);
  }

  private addPattern({ pattern, title }: PatternEntry, place: InsertPlace): string | undefined {
    const { at, into, after } = placeOptions(place);
    const { language } = this.t;
    const options = {
      manifests: this.manifests,
      language,
      ...(at !== undefined && { at }),
      ...(into !== undefined && { into }),
    };
    const { ids } = this.store
      .getState()
      .run(
        this.t("doAdd", { name: title }),
        (flow) => addPattern(flow, pattern, { ...options, ...(after !== undefined && { after }) }),
        { select: (made) => ({ nodes: new Set(made.ids) }) },
      );
    announce(this.t("added", { name: title }));
    return ids[0];
  }

  /** Reads the place before it changes. */
  private placeTold(place: InsertPlace): (name: string) => string {
    if ("onEdge" in place) {
      const edge = findEdge(this.flow, place.onEdge)?.edge;
      if (edge === undefined) return (name) => this.t("added", { name });
      const [from, to] = [this.name(edge.from), this.name(edge.to)];
      return (name) => this.t("addedBetween", { name, from, to });
    }
    const { after } = place;
    if (after === undefined) return (name) => this.t("added", { name });
    const from = this.name(after.from);
    if (after.port === INTO) return (name) => this.t("addedInto", { name, from });
    if (this.portsOf(after.from).length < 2) return (name) => this.t("addedAfter", { name, from });
    return (name) => this.t("addedOn", { name, from, port: this.port(after.port) });
  }

  connect({ from, port, to }: { from: string; port: string; to: string }): boolean {
    const ends = endsOf(this.flow, { from, port, to });
    if (this.refused(this.flow, ends, from)) return false;
    const label = to === END ? this.t("doEnd", { name: this.name(from) }) : this.connectLabel(from, to);
    this.store.getState().run(label, (flow) => connect(withoutEnd(flow, ends), ends));
    this.tellConnected({ from, port, to });
    return true;
  }

  private connectLabel(from: string, to: string): string {
    return this.t("doConnect", { from: this.name(from), to: this.name(to) });
  }

  reconnect(id: string, { from, port, to }: { from: string; port: string; to: string }): void {
    const ends = endsOf(this.flow, { from, port, to });
    if (this.refused(disconnect(this.flow, [id]), ends, from)) return;
    const label = to === END ? this.t("doEnd", { name: this.name(from) }) : this.connectLabel(from, to);
    this.store
      .getState()
      .run(label, (flow) => reconnect(flow, id, { from: ends.from, to: ends.to, port: ends.port ?? "out" }));
    this.tellConnected({ from, port, to });
  }

  /** Says why an edge can't be drawn, where it can't. `from`: the card that it would leave. */
  private refused(flow: FlowDocument, ends: EdgeEnds, from: string): boolean {
    const why = whyNotConnect(flow, ends);
    if (why === undefined) return false;
    failed(this.t(REFUSED[why], { from: this.name(from), to: this.name(ends.to) }));
    return true;
  }

  private tellConnected({ from, port, to }: { from: string; port: string; to: string }): void {
    const told = { from: this.name(from), to: this.name(to), port: this.port(port) };
    const isOnly = this.portsOf(from).length < 2;
    const [ended, connected] = isOnly ? (["endedOnly", "connectedOnly"] as const) : (["ended", "connected"] as const);
    announce(this.t(to === END ? ended : connected, told));
  }

  /** The edges of a card that lead to others, in the order of its ports; of a loop, the way into its body last. */
  edgesOf(id: string): string[] {
    const ports = this.portsOf(id);
    const own = [...allEdges(this.flow).values()].filter(
      ({ edge, scope }) => edge.to !== END && (edge.from === START ? (scope.at(-1) ?? START) === id : edge.from === id),
    );
    const rank = (port: string | undefined): number => ports.indexOf(port ?? "out");
    return own
      .toSorted(
        (a, b) =>
          Number(a.edge.from === START) - Number(b.edge.from === START) || rank(a.edge.port) - rank(b.edge.port),
      )
      .map((place) => place.id);
  }

  /** The ends of an edge as the canvas has them. */
  endsOfEdge(id: string): { from: string; port: string; to: string } | undefined {
    const place = findEdge(this.flow, id);
    if (place === undefined) return undefined;
    const { edge, scope } = place;
    const loop = scope.at(-1);
    if (edge.from === START && loop !== undefined) return { from: loop, port: INTO, to: edge.to };
    return { from: edge.from, port: edge.port ?? "out", to: edge.to };
  }

  disconnect(ids: readonly string[]): void {
    const [first] = ids.flatMap((id) => findEdge(this.flow, id)?.edge ?? []);
    if (first === undefined) return;
    const told = { from: this.name(first.from), to: this.name(first.to) };
    this.store.getState().run(this.t("doDisconnect", { count: ids.length }), (flow) => disconnect(flow, ids));
    announce(this.t("disconnected", told));
  }

  move(positions: Readonly<Record<string, Point>>, gesture?: string): void {
    const entries = Object.entries(positions);
    const command = (flow: FlowDocument): FlowDocument => {
      const cards = Object.fromEntries(entries.filter(([id]) => noteOf(id) === undefined));
      const moved = Object.keys(cards).length === 0 ? flow : moveNodes(flow, cards);
      return entries.reduce((current, [id, at]) => {
        const note = noteOf(id);
        return note === undefined ? current : moveNote(current, note, at);
      }, moved);
    };
    const label = this.t("doMove", { count: entries.length });
    this.store.getState().run(label, command, gesture === undefined ? {} : { coalesce: gesture });
  }

  /** Every card, the start and the notes included. */
  everything(): Set<string> {
    const { notes = {} } = this.flow;
    return new Set([START, ...allNodes(this.flow).keys(), ...Object.keys(notes).map(noteId)]);
  }

  /** Moves by keys. Presses of one gesture are one entry of the history. */
  nudge(ids: readonly string[], by: Point, gesture: string): void {
    const places = positionsOf(this.flow, this.manifests);
    const notes = this.flow.notes ?? {};
    const chosen = new Set(ids);
    // Cards in a loop go where the loop goes.
    const movers = ids.filter((id) => findNode(this.flow, id)?.scope.some((loop) => chosen.has(loop)) !== true);
    const steps = Object.fromEntries(
      movers.flatMap((id): [string, Point][] => {
        const note = noteOf(id);
        const at = note === undefined ? (places[id] ?? (id === START ? { x: 0, y: 0 } : undefined)) : notes[note];
        return at === undefined ? [] : [[id, { x: at.x + by.x, y: at.y + by.y }]];
      }),
    );
    const [only, ...others] = Object.keys(steps);
    if (only === undefined) return;
    this.move(steps, `${gesture} ${ids.join(" ")}`);
    if (others.length > 0) announce(this.t("movedMany", { count: others.length + 1 }));
    else announce(this.t("movedTo", { name: this.name(only), x: steps[only]?.x ?? 0, y: steps[only]?.y ?? 0 }));
  }

  /** What a deletion would do to the document. */
  without(ids: readonly string[]): (flow: FlowDocument) => FlowDocument {
    const notes = ids.flatMap((id) => noteOf(id) ?? []);
    const nodes = ids.filter((id) => noteOf(id) === undefined && id !== START);
    return (flow) => notes.reduce(removeNote, deleteNodes(flow, nodes, { heal: true }));
  }

  delete(ids: readonly string[]): string {
    const [only] = ids;
    const name = only === undefined ? "" : this.name(only);
    const isOne = ids.length === 1 && noteOf(only ?? "") === undefined;
    const label = isOne ? this.t("doDelete", { name }) : this.t("doDeleteMany", { count: ids.length });
    this.store.getState().run(label, this.without(ids));
    const told = isOne ? this.t("deleted", { name }) : this.t("deletedMany", { count: ids.length });
    announce(told);
    return told;
  }

  rename(id: string, name: string): void {
    this.store.getState().run(this.t("doRename", { name: this.name(id) }), (flow) => setName(flow, id, name));
    announce(this.t("renamed", { name }));
  }

  editNote(id: string, text: string): void {
    this.store.getState().run(this.t("doNote"), (flow) => editNote(flow, id, { text }));
  }

  addNote(at: Point): string {
    const { id } = this.store
      .getState()
      .run(this.t("doNote"), (flow) =>
        addNote(flow, { text: this.t("newNote"), x: Math.round(at.x), y: Math.round(at.y) }),
      );
    return id;
  }

  duplicate(ids: readonly string[]): string | undefined {
    const nodes = ids.filter((id) => findNode(this.flow, id) !== undefined);
    if (nodes.length === 0) return undefined;
    const made = this.store
      .getState()
      .run(this.t("doDuplicate", { count: nodes.length }), (flow) => duplicate(flow, nodes, this.manifests), {
        select: (result) => ({ nodes: new Set(result.ids) }),
      });
    announce(this.t("pasted", { count: made.ids.length }));
    return made.ids[0];
  }

  /** The first of what was pasted; absent if the text is no part of a flow. */
  paste(text: string, options: { at?: Point; into?: string } = {}): string | undefined {
    const tried = pasteFragment(this.flow, text, { manifests: this.manifests, ...options });
    if (tried.ids.length === 0) return undefined;
    this.store.getState().run(this.t("doPaste", { count: tried.ids.length }), () => tried, {
      select: ({ ids }) => ({ nodes: new Set(ids) }),
    });
    announce(this.t("pasted", { count: tried.ids.length }));
    return tried.ids[0];
  }

  tidy(ids: readonly string[]): void {
    this.store.getState().run(this.t("doTidy"), (flow) => tidy(flow, this.manifests, ids.length > 1 ? ids : undefined));
    announce(this.t("tidied"));
  }

  align(ids: readonly string[], side: AlignSide): void {
    this.store.getState().run(this.t("doAlign"), (flow) => align(flow, this.manifests, ids, side));
  }

  distribute(ids: readonly string[], axis: "x" | "y"): void {
    this.store.getState().run(this.t("doDistribute"), (flow) => distribute(flow, this.manifests, ids, axis));
  }

  undo(): void {
    const { undoLabel, undo } = this.store.getState();
    undo();
    if (undoLabel !== undefined) announce(this.t("undone", { what: undoLabel }));
  }

  redo(): void {
    const { redoLabel, redo } = this.store.getState();
    redo();
    if (redoLabel !== undefined) announce(this.t("redone", { what: redoLabel }));
  }
}

/** The way into a loop's body is `start` of that body. */
function placeOptions(place: InsertPlace): Pick<NewNode, "at" | "after" | "into" | "onEdge"> {
  if ("onEdge" in place) return { onEdge: place.onEdge };
  const { after } = place;
  const at = place.at === undefined ? {} : { at: place.at };
  const into = place.into === undefined ? {} : { into: place.into };
  if (after === undefined) return { ...at, ...into };
  return after.port === INTO ? { ...at, after: { from: START }, into: after.from } : { ...at, after };
}

/** A way out that leads on does not end the run as well. */
function withoutEnd(flow: FlowDocument, { from, port, to, loop }: EdgeEnds): FlowDocument {
  if (to === END) return flow;
  const ends = [...allEdges(flow).values()].filter(
    ({ edge, scope }) =>
      edge.from === from &&
      edge.to === END &&
      (edge.port ?? "out") === (port ?? "out") &&
      (from !== START || scope.at(-1) === loop),
  );
  return disconnect(
    flow,
    ends.map(({ id }) => id),
  );
}

function endsOf(flow: FlowDocument, { from, port, to }: { from: string; port: string; to: string }): EdgeEnds {
  if (port === INTO) return { from: START, to, loop: from };
  const loop = findNode(flow, from)?.scope.at(-1);
  return { from, port, to, ...(loop !== undefined && { loop }) };
}
