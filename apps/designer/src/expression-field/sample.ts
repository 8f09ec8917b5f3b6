/** Values with which expressions are shown: of a run, of a scenario, or entered by hand. */
import { compileTemplate, fieldNames, fieldOf, kindsOf, valuesOf } from "@holdfast/dsl";
import type { FlowDocument, Json, JsonObject, JsonSchema, NodeManifest, Roots, Scenario } from "@holdfast/dsl";
import { DEFAULT_START, runScenario } from "@holdfast/engine/simulate";
import type { TraceEntry } from "@holdfast/engine/simulate";
import { controlNodes } from "@holdfast/nodes/control";

export interface Sample {
  readonly id: string;
  readonly kind: "run" | "scenario" | "hand";
  /** The run's short name, or the scenario's. */
  readonly name: string;
  /** When the run was. */
  readonly at?: Date;
  readonly roots: Roots;
}

/** What the expressions of a flow read in a scenario: its run is simulated. */
export function scenarioRoots(flow: FlowDocument, manifests: readonly NodeManifest[], scenario: Scenario): Roots {
  const lookup = (type: string): NodeManifest | undefined => newest(manifests, type, flow.uses?.[type]);
  try {
    const { trace } = runScenario({ flow, manifests: lookup, controls: controlNodes }, scenario);
    return { ...outerRoots(flow, scenario), ...rootsOfTrace(trace) };
  } catch {
    // A flow that can't be walked yet, or a mapping that fails: the input may still be known.
    return outerRoots(flow, scenario);
  }
}

function newest(manifests: readonly NodeManifest[], type: string, version?: number): NodeManifest | undefined {
  return manifests
    .filter((manifest) => manifest.type === type && (version === undefined || manifest.version === version))
    .toSorted((a, b) => b.version - a.version)[0];
}

function outerRoots(flow: FlowDocument, { input, trigger, now = DEFAULT_START }: Scenario): Roots {
  const run = { id: "run", flow: flow.id, version: 0, startedAt: now, now };
  if (trigger === undefined) return { input: input ?? {}, trigger: { type: "call", at: now }, run };
  const { event: name, data } = trigger;
  const event = { id: "event", name, data, at: now };
  return {
    input: mappedInput(flow, event),
    event,
    trigger: { type: "event", event: name, at: now },
    run,
  };
}

function mappedInput(flow: FlowDocument, event: { name: string; data: Json } & JsonObject): Json {
  const spec = flow.triggers.find((one) => one.type === "event" && one.event === event.name);
  if (spec?.type !== "event" || spec.input === undefined) return event.data;
  try {
    return compileTemplate(spec.input).evaluate({ event });
  } catch {
    // Said where the mapping is written.
    return event.data;
  }
}

/** What each node gave last, by which port it left, and why it failed. */
function rootsOfTrace(trace: readonly TraceEntry[]): Roots {
  const nodes: JsonObject = {};
  const ports: JsonObject = {};
  const errors: JsonObject = {};
  for (const { type, node, port, output, error, attempt } of trace) {
    if (node === undefined) continue;
    if (type === "step.completed") {
      if (output !== undefined) nodes[node] = output;
      if (port !== undefined) ports[node] = port;
    }
    if (type === "step.failed" && error !== undefined) {
      const { kind, code, message } = error;
      errors[node] = { kind, code, message, attempts: attempt ?? 1 };
    }
  }
  return { nodes, ports, errors };
}

/** A value that fits a schema, to begin with where nothing else is known. */
export function exampleOf(schema: JsonSchema, depth = 0): Json {
  if (typeof schema === "boolean" || depth > 6) return null;
  const given = schema["default"] ?? listed(schema["examples"])[0] ?? valuesOf(schema)?.[0];
  if (given !== undefined) return given;
  const [kind] = kindsOf(schema);
  switch (kind) {
    case "text":
      return textExample(schema["format"]);
    case "number":
      return typeof schema["minimum"] === "number" ? schema["minimum"] : 0;
    case "bool":
      return false;
    case "list":
      return [];
    case "map":
      return Object.fromEntries(
        fieldNames(schema).map((name) => [name, exampleOf(fieldOf(schema, name).schema, depth + 1)]),
      );
    default:
      return null;
  }
}

function textExample(format: Json | undefined): string {
  switch (format) {
    case "date-time":
      return DEFAULT_START;
    case "date":
      return DEFAULT_START.slice(0, 10);
    case "email":
      return "ana@example.com";
    default:
      return "";
  }
}

function listed(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
