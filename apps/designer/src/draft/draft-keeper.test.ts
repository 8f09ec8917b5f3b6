import { canonicalText, type FlowDocument } from "@holdfast/dsl";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setName } from "../flow/change-node.ts";
import { example, manifests } from "../flow/flow.fixture.ts";
import { createFlowStore, type FlowStore } from "../flow/flow-store.ts";
import { DraftKeeper, type KeeperTools, type Sent } from "./draft-keeper.ts";
import { keptFor } from "./draft-memory.ts";
import type { Parcel } from "./draft-sync.ts";

class Memory {
  readonly #map = new Map<string, string>();
  full = false;
  get length(): number {
    return this.#map.size;
  }
  key(index: number): string | null {
    return [...this.#map.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.#map.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    if (this.full) throw new Error("full");
    this.#map.set(key, value);
  }
  removeItem(key: string): void {
    this.#map.delete(key);
  }
}

const { layout: _, ...refund } = example("refund");
const taken = (revision: number): Sent => ({
  kind: "answer",
  answer: { revision, others: [], earlier: 0, conflicts: [], reopen: false },
});

interface World {
  readonly keeper: DraftKeeper;
  readonly store: FlowStore;
  readonly sent: { parcel: Parcel; client: string }[];
}

function open(storage: Memory, client: string, answers: Sent[], document: FlowDocument = refund): World {
  const sent: World["sent"] = [];
  const tools: KeeperTools = {
    flow: "refund",
    person: "ana",
    client,
    storage,
    send: (parcel, by) => {
      sent.push({ parcel, client: by });
      return Promise.resolve(answers.shift() ?? { kind: "away" });
    },
    reopen: () => Promise.resolve(),
  };
  const keeper = new DraftKeeper(tools, document, 3);
  const store = createFlowStore({ flow: document, manifests, onChange: (flow) => keeper.typed(flow), checkAfter: 1e9 });
  keeper.attach(store);
  return { keeper, store, sent };
}

const rename = (store: FlowStore, name: string): void =>
  void store.getState().run("name", (flow) => setName(flow, "approval", name));

beforeEach(() => {
  vi.useFakeTimers();
  // Pages of a test are never open at the same time.
  vi.stubGlobal("navigator", {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a draft", () => {
  it("is saved a moment after the last change, once", async () => {
    const storage = new Memory();
    const { keeper, store, sent } = open(storage, "one", [taken(4)]);
    rename(store, "A");
    await vi.advanceTimersByTimeAsync(300);
    rename(store, "Ask");
    expect(keeper.view.getState().saving).toBe("saving");
    expect(storage.length).toBe(1);
    await vi.advanceTimersByTimeAsync(450);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.parcel).toMatchObject({ seq: 1, revision: 3, changes: [{ after: "Ask" }] });
    expect(keeper.view.getState()).toMatchObject({ saving: "saved", revision: 4 });
    expect(storage.length).toBe(0);
  });

  it("is sent again under the same number until the server answers, and what was typed since after it", async () => {
    const { keeper, store, sent } = open(new Memory(), "one", [{ kind: "away" }, { kind: "away" }, taken(4), taken(5)]);
    rename(store, "Ask");
    await vi.advanceTimersByTimeAsync(500);
    expect(keeper.view.getState().saving).toBe("kept");
    rename(store, "Ask them");
    await vi.advanceTimersByTimeAsync(500);
    keeper.back();
    await vi.advanceTimersByTimeAsync(500);
    expect(sent.map(({ parcel }) => parcel.seq)).toEqual([1, 1, 1, 2]);
    expect(sent.at(-1)?.parcel.changes).toMatchObject([{ before: "Ask", after: "Ask them" }]);
    expect(keeper.isSaved).toBe(true);
  });

  it("comes back with the next page when its own was closed before it was saved", async () => {
    const storage = new Memory();
    const first = open(storage, "one", []);
    rename(first.store, "Ask");
    await vi.advanceTimersByTimeAsync(500);
    rename(first.store, "Ask them");
    first.keeper.remember(true);
    const second = open(storage, "two", [taken(4), taken(5)]);
    second.keeper.opened(setName(refund, "approval", "Ask"), 4);
    expect(await second.keeper.restore(Date.now())).toBe(2);
    expect(second.sent[0]).toMatchObject({ client: "one", parcel: { seq: 1 } });
    expect(canonicalText(second.store.getState().flow)).toBe(canonicalText(first.store.getState().flow));
    await vi.advanceTimersByTimeAsync(500);
    expect(second.sent[1]).toMatchObject({ client: "two", parcel: { changes: [{ after: "Ask them" }] } });
    expect(keptFor(storage, "refund", "ana").filter(({ client }) => client !== "one")).toEqual([]);
  });

  it("leaves alone what a page that is open, or another person, keeps", async () => {
    const storage = new Memory();
    const first = open(storage, "one", []);
    rename(first.store, "Ask");
    const second = open(storage, "two", []);
    expect(await second.keeper.restore(Date.now())).toBe(0);
    expect(keptFor(storage, "refund", "sofia")).toEqual([]);
  });

  it("says when it can't be kept, and when the server refuses it", async () => {
    const storage = new Memory();
    storage.full = true;
    const { keeper, store } = open(storage, "one", [{ kind: "refused", why: "too large" }]);
    rename(store, "Ask");
    expect(keeper.view.getState().saving).toBe("lost");
    storage.full = false;
    await vi.advanceTimersByTimeAsync(500);
    expect(keeper.view.getState()).toMatchObject({ saving: "refused", refused: "too large" });
    await expect(keeper.flush()).rejects.toThrow("too large");
  });

  it("settles a conflict with the value of this page as a change of its own", async () => {
    const other = setName(refund, "approval", "Theirs");
    const { keeper, store, sent } = open(new Memory(), "one", [taken(5)], refund);
    rename(store, "Mine");
    keeper.heard({
      revision: 4,
      own: false,
      by: { kind: "person", id: "d" },
      changes: [{ path: ["nodes", "approval", "name"], before: "Manager approval", after: "Theirs" }],
    });
    expect(store.getState().flow.nodes["approval"]?.name).toBe(other.nodes["approval"]?.name);
    const [conflict] = keeper.view.getState().conflicts;
    expect(conflict).toMatchObject({ mine: "Mine", theirs: "Theirs", by: { id: "d" } });
    if (conflict !== undefined) keeper.settle(conflict, "mine", "Use mine");
    await vi.advanceTimersByTimeAsync(500);
    expect(sent[0]?.parcel).toMatchObject({ revision: 4, changes: [{ before: "Theirs", after: "Mine" }] });
    expect(keeper.view.getState().conflicts).toEqual([]);
  });

  it("tells who came first, too, when somebody writes in the same place just after", async () => {
    const { keeper, store } = open(new Memory(), "one", [taken(4)], refund);
    rename(store, "Mine");
    await vi.advanceTimersByTimeAsync(500);
    const theirs = { revision: 5, own: false, by: { kind: "person", id: "d" } };
    const path = ["nodes", "approval", "name"];
    keeper.heard({ ...theirs, changes: [{ path, before: "Mine", after: "Theirs" }] });
    expect(store.getState().flow.nodes["approval"]?.name).toBe("Theirs");
    expect(keeper.view.getState().conflicts).toEqual([{ path, mine: "Mine", theirs: "Theirs", by: theirs.by }]);
  });

  it("says nothing of what is written there later, or elsewhere", async () => {
    const { keeper, store } = open(new Memory(), "one", [taken(4)], refund);
    rename(store, "Mine");
    await vi.advanceTimersByTimeAsync(500);
    const theirs = { own: false, by: { kind: "person", id: "d" } };
    keeper.heard({ ...theirs, revision: 5, changes: [{ path: ["description"], after: "New" }] });
    await vi.advanceTimersByTimeAsync(120_000);
    const path = ["nodes", "approval", "name"];
    keeper.heard({ ...theirs, revision: 6, changes: [{ path, before: "Mine", after: "Theirs" }] });
    expect(keeper.view.getState().conflicts).toEqual([]);
  });
});
