import { describe, expect, it } from "vitest";
import { DOCUMENT_LIMITS } from "./check-json.ts";
import { parseFlow } from "./parse-flow.ts";

const minimal = {
  dsl: 1,
  id: "small",
  name: "Small",
  triggers: [{ type: "call" }],
  nodes: { a: { type: "data.set", params: {} } },
  edges: [{ from: "start", to: "a" }, { from: "a", to: "end" }],
}; // prettier-ignore

function issuesOf(input: unknown): string[] {
  const parsed = parseFlow(input);
  return parsed.ok ? [] : parsed.issues.map(({ code, pointer }) => `${code} ${pointer}`);
}

/** Lists within each other, made without recursion. */
function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}

describe("parseFlow", () => {
  it("gives a document back", () => {
    expect(parseFlow(minimal)).toEqual({ ok: true, flow: minimal });
  });

  it("tells every problem at once, each at its place", () => {
    const { name: _, ...nameless } = minimal;
    expect(
      issuesOf({
        ...nameless,
        id: "No blanks",
        color: "red",
        triggers: [{ type: "cron" }, { type: "event", event: "two words", every: "1h" }],
        nodes: { A: { type: "Nope" }, start: { type: "end", params: {}, timeout: "1y", retry: { max: 1 } } },
        edges: [{ from: "a", port: "no way" }],
        settings: { timeZone: "Mars/Olympus", retries: 3 },
      }).toSorted(),
    ).toEqual(
      [
        "invalid_value /id",
        "unknown_field /color",
        "missing_field /name",
        "invalid_value /triggers/0/type",
        "invalid_value /triggers/1/event",
        "unknown_field /triggers/1/every",
        "invalid_node_id /nodes/A",
        "invalid_value /nodes/A/type",
        "missing_field /nodes/A/params",
        "reserved_node_id /nodes/start",
        "invalid_duration /nodes/start/timeout",
        "unknown_field /nodes/start/retry/max",
        "missing_field /edges/0/to",
        "invalid_value /edges/0/port",
        "unknown_time_zone /settings/timeZone",
        "unknown_field /settings/retries",
      ].toSorted(),
    );
  });

  it("refuses a document of another format without guessing at its fields", () => {
    expect(issuesOf({ dsl: 2, steps: [] })).toEqual(["unsupported_dsl /dsl"]);
  });

  it.each([[undefined], [() => 1], [new Date(0)], [Number.NaN], [Symbol("x")]])(
    "refuses %s, which is no JSON",
    (value) => {
      expect(issuesOf(value)).toEqual(["not_json "]);
      expect(issuesOf({ ...minimal, name: value })).toEqual(["not_json /name"]);
    },
  );

  it("refuses what JavaScript or a database can't hold", () => {
    expect(issuesOf(JSON.parse('{"nodes": {"__proto__": {}}}'))).toEqual(["forbidden_key /nodes/__proto__"]);
    expect(issuesOf({ ...minimal, name: "a\u0000" })).toEqual(["forbidden_character /name"]);
    expect(issuesOf({ ...minimal, name: "\uD800" })).toEqual(["forbidden_character /name"]);
  });

  it("refuses what is too deep or too large, however deep or large", () => {
    expect(issuesOf({ ...minimal, nodes: nested(100_000) })[0]).toMatch(/^too_deep \/nodes/);
    expect(issuesOf({ ...minimal, description: "ü".repeat(DOCUMENT_LIMITS.bytes / 2) })).toEqual([
      "document_too_large ",
    ]);
  });

  it("refuses a document that holds itself", () => {
    const loop: Record<string, unknown> = { ...minimal };
    loop["nodes"] = loop;
    expect(issuesOf(loop).length).toBeGreaterThan(0);
  });
});
