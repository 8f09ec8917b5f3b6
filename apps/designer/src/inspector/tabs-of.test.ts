import type { NodeManifest } from "@holdfast/dsl";
import { builtinManifests } from "@holdfast/nodes/manifests";
import { describe, expect, it } from "vitest";
import { fieldsOn, portField, portList, tabAt, tabsOf } from "./tabs-of.ts";

function manifest(type: string): NodeManifest {
  const found = builtinManifests.find((one) => one.type === type);
  if (found === undefined) throw new Error(type);
  return found;
}

describe("the tabs of a node", () => {
  it("come from its schema and from what is filled in", () => {
    const wait = manifest("wait.event");
    expect(tabsOf(wait, { type: "wait.event", params: {} })).toEqual(["setup", "deadline", "retry", "lastRun"]);
    const asking = { type: "wait.event", params: { inbox: { title: "?" } } };
    expect(tabsOf(wait, asking)).toEqual(["setup", "form", "deadline", "retry", "lastRun"]);
    expect(fieldsOn("form", wait, asking).map(({ pointer }) => pointer)).toEqual([
      "/inbox/context",
      "/inbox/form",
      "/inbox/attachments",
    ]);
    expect(fieldsOn("deadline", wait, asking).map(({ name }) => name)).toEqual([
      "timeout",
      "lookBack",
      "due",
      "reminders",
      "escalation",
    ]);
    expect(tabsOf(manifest("http.request"), { type: "http.request", params: {} })).toEqual([
      "setup",
      "retry",
      "lastRun",
    ]);
  });

  it("know where the ports come from", () => {
    expect(portList(manifest("branch"))).toBe("/cases");
    expect(portField(manifest("wait.event"))).toBe("port");
    expect(portList(manifest("ai.text"))).toBeUndefined();
  });
});

describe("the tab of a place", () => {
  const asking = { type: "wait.event", params: { inbox: { title: "?" } } };
  it.each([
    ["/params/timeout", "deadline"],
    ["/params/outcomes/0/event", "setup"],
    ["/params/inbox/title", "setup"],
    ["/params/inbox/form/properties/amount", "form"],
    ["/params", "setup"],
    ["/params/unknown", "setup"],
    ["/credential", "setup"],
    ["/retry/maxAttempts", "retry"],
    ["/compensate/params/url", "retry"],
  ] as const)("%s: %s", (inner, tab) => {
    expect(tabAt(inner, manifest("wait.event"), asking)).toBe(tab);
  });
});
