import {
  applyChanges,
  canonicalText,
  changesBetween,
  isJsonObject,
  parseFlow,
  valueAt,
  type DocumentChange,
  type FlowDocument,
  type Json,
  type JsonObject,
} from "@holdfast/dsl";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { setParam } from "../flow/change-node.ts";
import { command, example, type Command } from "../flow/flow.fixture.ts";
import { atPath } from "./place.ts";
import { beginSync, isSaved, syncStep, type Answer, type Heard, type Parcel, type SyncState } from "./draft-sync.ts";

const object = (value: Json | undefined): JsonObject => (value !== undefined && isJsonObject(value) ? value : {});

/** What the server does with drafts, in memory. */
class Server {
  document: FlowDocument;
  readonly history: {
    client: string;
    seq: number;
    changes: readonly DocumentChange[];
    conflicts: Answer["conflicts"];
  }[] = [];

  constructor(document: FlowDocument) {
    this.document = document;
  }

  get revision(): number {
    return this.history.length;
  }

  /** Undefined: refused. */
  save(client: string, { seq, revision, changes }: Parcel): Answer | undefined {
    const since = this.history.slice(revision);
    const others = since.filter((step) => step.client !== client).flatMap((step) => step.changes);
    const own = since.findIndex((step) => step.client === client && step.seq === seq);
    const known = since[own];
    if (known !== undefined) {
      const earlier = since
        .slice(0, own)
        .filter((step) => step.client !== client)
        .flatMap((step) => step.changes).length;
      return { revision: this.revision, others, earlier, conflicts: known.conflicts, reopen: false };
    }
    const applied = applyChanges(this.document, changes);
    const conflicts = applied.conflicts.map(({ change, found }) => ({
      change,
      found: found ?? null,
      missing: found === undefined,
      by: null,
    }));
    if (applied.document !== this.document) {
      if (!parseFlow(applied.document).ok) return undefined;
      this.document = applied.document;
      const out = new Set(applied.conflicts.map(({ change }) => change));
      this.history.push({ client, seq, changes: changes.filter((change) => !out.has(change)), conflicts });
    }
    return { revision: this.revision, others, earlier: others.length, conflicts, reopen: false };
  }

  heardBy(client: string, since: number): Heard[] {
    return this.history.slice(since).map((step, index) => ({
      revision: since + index + 1,
      changes: step.client === client ? [] : step.changes,
      own: step.client === client,
    }));
  }
}

/** A page: its machine, and the wires to the server, on which everything may be lost, late or twice. */
class Page {
  state: SyncState;
  readonly name: string;
  readonly server: Server;
  requests: Parcel[] = [];
  answers: { seq: number; answer: Answer | undefined }[] = [];

  constructor(name: string, server: Server) {
    this.name = name;
    this.server = server;
    this.state = beginSync(server.document, server.revision);
  }

  type(edit: Command): void {
    this.state = syncStep(this.state, { type: "typed", flow: edit(this.state.local) });
  }

  send(): void {
    this.state = syncStep(this.state, { type: "send" });
    if (this.state.sent !== undefined) this.requests.push(this.state.sent);
  }

  arrive(at: number, twice: boolean): void {
    const request = this.requests[at % Math.max(1, this.requests.length)];
    if (request === undefined) return;
    if (!twice) this.requests = this.requests.filter((one) => one !== request);
    // What comes late was answered before by its copy: the server knows it by its number.
    if (request.seq < this.state.seq && this.state.sent?.seq !== request.seq) {
      const known = this.server.history.some(({ client, seq }) => client === this.name && seq === request.seq);
      if (!known) return;
    }
    this.answers.push({ seq: request.seq, answer: this.server.save(this.name, request) });
  }

  answer(at: number, twice: boolean): void {
    const found = this.answers[at % Math.max(1, this.answers.length)];
    if (found === undefined) return;
    if (!twice) this.answers = this.answers.filter((one) => one !== found);
    const { seq, answer } = found;
    this.state =
      answer === undefined
        ? syncStep(this.state, { type: "refused", seq, why: "no flow" })
        : syncStep(this.state, { type: "saved", seq, answer });
  }

  hear(skip: number, count: number): void {
    const news = this.server.heardBy(this.name, this.state.revision).slice(skip, skip + count);
    for (const one of news) this.state = syncStep(this.state, { type: "heard", ...one });
  }

  open(): void {
    this.state = syncStep(this.state, {
      type: "opened",
      revision: this.server.revision,
      document: this.server.document,
    });
  }

  /** Everything gets through now. */
  finish(): void {
    for (let turn = 0; turn < 8; turn += 1) {
      if (this.state.behind && this.state.sent === undefined) this.open();
      this.requests = [];
      this.answers = [];
      this.send();
      this.arrive(0, false);
      this.answer(0, false);
      this.hear(0, 1e6);
    }
  }
}

type Act =
  | { page: 0 | 1; does: "type"; edit: Command }
  | { page: 0 | 1; does: "send" | "open" }
  | { page: 0 | 1; does: "arrive" | "answer"; at: number; twice: boolean }
  | { page: 0 | 1; does: "lose" }
  | { page: 0 | 1; does: "hear"; skip: number; count: number };

const page = fc.constantFrom(0 as const, 1 as const);
const acts: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ page, does: fc.constant("type" as const), edit: command }) },
    { weight: 4, arbitrary: fc.record({ page, does: fc.constant("send" as const) }) },
    { weight: 4, arbitrary: fc.record({ page, does: fc.constantFrom("arrive" as const, "answer" as const), at: fc.nat(3), twice: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ page, does: fc.constantFrom("lose" as const, "open" as const) }) },
    { weight: 3, arbitrary: fc.record({ page, does: fc.constant("hear" as const), skip: fc.nat(1), count: fc.nat(4) }) },
  ),
  { maxLength: 40 },
); // prettier-ignore

function act(pages: readonly [Page, Page], one: Act): void {
  const here = pages[one.page];
  switch (one.does) {
    case "type":
      here.type(one.edit);
      break;
    case "send":
      here.send();
      break;
    case "open":
      here.open();
      break;
    case "arrive":
      here.arrive(one.at, one.twice);
      break;
    case "answer":
      here.answer(one.at, one.twice);
      break;
    case "lose":
      here.requests = [];
      here.answers = [];
      break;
    case "hear":
      here.hear(one.skip, one.count);
      break;
  }
}

const flow = fc.constantFrom(...["refund", "order-lines", "first-answer"].map(example));

function finishAll(pages: readonly [Page, Page]): void {
  for (let turn = 0; turn < 3; turn += 1) for (const one of pages) one.finish();
}

describe("a draft on two pages", () => {
  it("is the same everywhere once everything got through, whatever was lost, late or told twice", () => {
    fc.assert(
      fc.property(flow, acts, (document, list) => {
        const server = new Server(document);
        const pages = [new Page("a", server), new Page("b", server)] as const;
        for (const one of list) act(pages, one);
        finishAll(pages);
        for (const { state } of pages) {
          expect(canonicalText(state.server)).toBe(canonicalText(server.document));
          if (state.refused !== undefined) continue;
          expect(isSaved(state)).toBe(true);
          expect(canonicalText(state.local)).toBe(canonicalText(server.document));
        }
      }),
      { numRuns: 250 },
    );
  });

  it("keeps the names of an object in the order of the page, saved or changed by somebody else", () => {
    const named = (document: FlowDocument, context: object): FlowDocument =>
      setParam(document, "approval", "/inbox/context", { ...context });
    const names = (document: FlowDocument): readonly string[] =>
      Object.keys(object(valueAt(object(document.nodes["approval"]?.params), "/inbox/context")));
    const begun = named(example("refund"), { a: "1", name: "", b: "2" });
    let state = syncStep(beginSync(begun, 0), { type: "typed", flow: named(begun, { a: "1", customer: "", b: "2" }) });
    state = syncStep(state, { type: "send" });
    const shown = state.local;
    const answer: Answer = { revision: 1, others: [], earlier: 0, conflicts: [], reopen: false };
    state = syncStep(state, { type: "saved", seq: 1, answer });
    expect(isSaved(state)).toBe(true);
    expect(state.local).toBe(shown);
    const changes = [{ path: ["nodes", "approval", "params", "inbox", "context", "b"], before: "2", after: "3" }];
    state = syncStep(state, { type: "heard", revision: 2, changes, own: false });
    expect(names(state.local)).toEqual(["a", "customer", "b"]);
    expect(isSaved(state)).toBe(true);
  });

  it("loses nothing of one page alone, whatever is lost on the way", () => {
    fc.assert(
      fc.property(flow, acts, (document, list) => {
        const server = new Server(document);
        const pages = [new Page("a", server), new Page("b", server)] as const;
        let typed = document;
        for (const one of list) {
          if (one.page === 1 && one.does === "type") continue;
          act(pages, one);
          if (one.does === "type") typed = pages[0].state.local;
        }
        finishAll(pages);
        expect(canonicalText(server.document)).toBe(canonicalText(typed));
        expect(pages.flatMap(({ state }) => state.conflicts)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("keeps every change: in the document, or beside what somebody else wrote there", () => {
    fc.assert(
      fc.property(flow, command, command, (document, mine, their) => {
        const server = new Server(document);
        const [a, b] = [new Page("a", server), new Page("b", server)] as const;
        b.type(their);
        a.type(mine);
        b.finish();
        const done = changesBetween(document, a.state.local);
        const wanted = a.state.local;
        a.finish();
        if (a.state.refused !== undefined) return;
        for (const change of done) {
          const kept = a.state.conflicts.some(({ path }) => path.every((part, index) => change.path[index] === part));
          const there = JSON.stringify(atPath(server.document, change.path) ?? null);
          const wish = JSON.stringify(atPath(wanted, change.path) ?? null);
          expect(kept || there === wish, change.path.join("/")).toBe(true);
        }
      }),
      { numRuns: 250 },
    );
  });
});
