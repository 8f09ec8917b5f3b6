/** Why a scenario does not pass, told apart so that it can be said in the reader's language. */
import { pointerParts, type Json, type Scenario } from "@holdfast/dsl";
import type { ScenarioFailure } from "@holdfast/engine/simulate";

export type Deviation =
  /** What should have come of it, and what did. */
  | {
      readonly kind: "status" | "output" | "error";
      readonly expected: Json;
      readonly found: Json | undefined;
    }
  | { readonly kind: "reached" | "notReached"; readonly node: string }
  /** Something that the scenario does could not be done: nothing was open there. */
  | { readonly kind: "decisions" | "incidents" | "skips"; readonly node: string; readonly after?: string }
  | { readonly kind: "answers"; readonly node: string }
  /** Anything else, in the words of the engine. */
  | { readonly kind: "other"; readonly message: string };

export interface Came {
  readonly status?: Json;
  readonly output?: Json;
}

export function deviationOf(scenario: Scenario, { pointer, message }: ScenarioFailure, came: Came): Deviation {
  const [part = "", first = "", second = ""] = pointerParts(pointer);
  switch (part) {
    case "expect":
      return expectation(scenario, { kind: first, index: Number(second), message }, came);
    case "answers":
      return { kind: "answers", node: first };
    case "decisions":
    case "incidents":
    case "skips": {
      const deed = scenario[part]?.[Number(first)];
      if (deed === undefined) break;
      return { kind: part, node: deed.node, ...(deed.after !== undefined && { after: deed.after }) };
    }
  }
  return { kind: "other", message };
}

function expectation(
  { expect }: Scenario,
  { kind, index, message }: { kind: string; index: number; message: string },
  came: Came,
): Deviation {
  if (kind === "reached" || kind === "notReached") {
    const node = expect[kind]?.[index];
    return node === undefined ? { kind: "other", message } : { kind, node };
  }
  if (kind !== "status" && kind !== "output" && kind !== "error") return { kind: "other", message };
  // The engine tells the code in its sentence.
  const found = kind === "error" ? /“(.+)”/u.exec(message)?.[1] : came[kind];
  return { kind, expected: expect[kind] ?? null, found };
}
