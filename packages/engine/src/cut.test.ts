import { describe, expect, test } from "vitest";
import { plan } from "../test/flow.ts";

/** What the join `j` cancels when it fires. */
function cut(edges: string, nodes: Parameters<typeof plan>[1] = {}): string[] {
  const { order, nodes: byId } = plan(edges, { j: { join: "any" }, ...nodes });
  return (byId["j"]?.cut ?? []).flatMap((index) => order[index]?.id ?? []);
}

describe("an any join cuts off", () => {
  // start ┬ a ─ b ┬ j ─ end
  //       └ c ────┘
  test("every node that leads nowhere else", () => {
    expect(cut("start > a > b > j > end; start > c > j").toSorted()).toEqual(["a", "b", "c"]);
  });

  // start ┬ a ┬ j ─ end
  //       │   └ x ─ end
  //       └ c ─ j
  test("not a node that has another way out", () => {
    expect(cut("start > a > j > end; a > x > end; start > c > j")).toEqual(["c"]);
  });

  // start ┬ a ┬ j ┬ z ─ end
  //       │   └ x ┘
  //       └ c ─ j
  test("not a node whose way avoids the join and meets its followers again", () => {
    expect(cut("start > a > j > z > end; a > x > z; start > c > j")).toEqual(["c"]);
  });

  // start ┬ a ┬ j (stop)
  //       └ b ┘
  test("all before it if it ends the branch itself", () => {
    expect(cut("start > a > j; start > b > j", { j: { type: "stop", join: "any" } })).toEqual(["a", "b"]);
  });

  // start ┬ a ┬────── j ─ end      a:error ─ end
  //       └ b ┘
  test("not a node whose error port leads elsewhere", () => {
    expect(cut("start > a > j > end; a:error > end; start > b > j")).toEqual(["b"]);
  });

  // start ┬ f:yes ─ j      f:no leads nowhere: a draft
  //       └ b ───── j
  test("not a node with an open port", () => {
    const nodes = { f: { type: "fork", params: { ports: ["yes", "no"] } } };
    expect(cut("start > f:yes > j > end; start > b > j", nodes)).toEqual(["b"]);
  });

  // start ┬ a ┬ k ┬ j ─ end      k is an any join, too
  //       ├ b ┘   │
  //       └ c ────┘
  test("what lies before another any join as well", () => {
    const edges = "start > a > k > j > end; start > b > k; start > c > j";
    expect(cut(edges, { k: { join: "any" } }).toSorted()).toEqual(["a", "b", "c", "k"]);
    expect(plan(edges, { j: { join: "any" }, k: { join: "any" } }).cutters).toHaveLength(2);
  });
});
