/** Small wired pieces of a flow that are often wanted together. They are put in as a copied fragment is. */
import { DSL_VERSION, type NodeManifest } from "@holdfast/dsl";
import type { Language } from "../words/language.ts";
import type { Family } from "./node-facts.ts";
import { paletteWords } from "./palette-words.ts";

export interface Pattern {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly family: Family;
  readonly icon: string;
  /** As the clipboard has it. */
  readonly fragment: string;
  /** Which of its nodes comes first. */
  readonly entry: string;
}

const fragment = (nodes: object, edges: readonly object[], layout: object): string =>
  JSON.stringify({ holdfast: "fragment", dsl: DSL_VERSION, nodes, edges, layout });

const decide = (title: string, roles: readonly string[], more: object): object => ({
  outcomes: [
    { port: "approved", event: "request/approved" },
    { port: "rejected", event: "request/rejected" },
  ],
  inbox: { title, assignTo: { roles } },
  ...more,
});

const ASK_ESCALATE = fragment(
  {
    ask: {
      type: "wait.event",
      name: "Ask a manager",
      params: decide("Do you approve?", ["manager"], {
        timeout: "7d",
        inbox: { title: "Do you approve?", assignTo: { roles: ["manager"] }, reminders: ["2d"] },
      }),
    },
    escalate: {
      type: "wait.event",
      name: "Escalate",
      params: decide("Nobody answered. Do you approve?", ["manager"], { timeout: "2d" }),
    },
  },
  [{ from: "ask", port: "timeout", to: "escalate" }],
  { ask: { x: 0, y: 0 }, escalate: { x: 360, y: 0 } },
);

const ACT_CONFIRM = fragment(
  {
    act: {
      type: "http.request",
      name: "Call the service",
      params: { method: "POST", url: "https://service.example/do", idempotencyHeader: "Idempotency-Key" },
    },
    confirmed: {
      type: "wait.event",
      name: "Wait until it is confirmed",
      params: { outcomes: [{ port: "confirmed", event: "service/confirmed" }], timeout: "5d" },
    },
  },
  [{ from: "act", to: "confirmed" }],
  { act: { x: 0, y: 0 }, confirmed: { x: 0, y: 102 } },
);

/** Those whose node types are there. */
export function patterns(manifests: readonly NodeManifest[], language: Language): Pattern[] {
  const types = new Set(manifests.map(({ type }) => type));
  if (!types.has("wait.event") || !types.has("http.request")) return [];
  const say = paletteWords[language];
  return [
    {
      id: "pattern:ask",
      title: say.askEscalate,
      description: say.askEscalateText,
      family: "action",
      icon: "route",
      fragment: ASK_ESCALATE,
      entry: "ask",
    },
    {
      id: "pattern:act",
      title: say.actConfirm,
      description: say.actConfirmText,
      family: "action",
      icon: "shield-check",
      fragment: ACT_CONFIRM,
      entry: "act",
    },
  ];
}
