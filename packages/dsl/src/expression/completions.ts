/** What can be written next, for an editor. */
import { inlineRefs } from "../json-schema/inline.ts";
import { describeKinds, elementOf, fieldNames, fieldOf, kindsOf } from "../json-schema/shape.ts";
import type { FieldPresence } from "../json-schema/shape.ts";
import type { JsonSchema } from "../json.ts";
import { nodeTypes, readableRoots, rootType } from "./check/env.ts";
import type { TypeEnv } from "./check/env.ts";
import { FUNCTIONS, signature } from "./functions/library.ts";
import type { FunctionSpec, Kind } from "./functions/spec.ts";
import { FORBIDDEN_NAMES, NODE_ROOTS } from "./roots.ts";

export interface Completion {
  /** What the list shows. */
  readonly label: string;
  readonly kind: "root" | "node" | "field" | "function";
  /** What the text from `start` to `end` is replaced with. For data that may be absent, a form that can't fail. */
  readonly insert: string;
  readonly start: number;
  readonly end: number;
  /** "text", "a number or null". */
  readonly type: string;
  /** One line more: a function's description, why a field may be absent. */
  readonly detail: string;
}

/** What stands before the place: `input.lines[0].pr` → path `input`, `lines`, an element, typed `pr`. */
interface Before {
  readonly steps: readonly Step[];
  readonly typed: string;
  /** The path as it is written, up to the word that is being typed. */
  readonly path: string;
  /** Where the path and the word begin. */
  readonly pathStart: number;
  readonly start: number;
}

interface Step {
  readonly name: string;
  readonly optional: boolean;
  readonly indexed: boolean;
}

const PATH = /(?:[A-Za-z_][A-Za-z0-9_]*(?:\[[^[\]]*\])?\s*\.\s*\??)*[A-Za-z_]?[A-Za-z0-9_]*$/;

/** Characters of a path that are looked at; the pattern takes time with the square of it. */
const LONGEST_PATH = 1_000;

/**
 * Completions at an offset of an expression (not of the template around it; the editor subtracts). Works on text that
 * does not parse yet.
 */
export function completionsAt(source: string, offset: number, env: TypeEnv): Completion[] {
  if (insideString(source, offset)) return [];
  const before = readBefore(source.slice(0, offset));
  const end = offset + (/^[A-Za-z0-9_]*/.exec(source.slice(offset))?.[0].length ?? 0);
  const range = { start: before.start, end };
  const found = before.steps.length === 0 ? atStart(env, range) : afterPath(before, env, range);
  const typed = before.typed.toLowerCase();
  return found
    .filter((completion) => completion.label.toLowerCase().startsWith(typed))
    .toSorted((a, b) => RANKS[a.kind] - RANKS[b.kind]);
}

const RANKS = { field: 0, node: 0, root: 1, function: 2 } as const;

interface Range {
  readonly start: number;
  readonly end: number;
}

function insideString(source: string, offset: number): boolean {
  let quote = "";
  for (let position = 0; position < offset; position += 1) {
    const character = source[position] ?? "";
    if (quote === "") {
      quote = character === '"' || character === "'" ? character : "";
    } else if (character === "\\") {
      position += 1;
    } else if (character === quote) {
      quote = "";
    }
  }
  return quote !== "";
}

function readBefore(text: string): Before {
  const chain = PATH.exec(text.slice(-LONGEST_PATH))?.[0] ?? "";
  const typed = /[A-Za-z0-9_]*$/.exec(chain)?.[0] ?? "";
  const path = chain.slice(0, chain.length - typed.length);
  const steps: Step[] = [];
  let optional = false;
  for (const part of path.split(".").slice(0, -1)) {
    const word = part.trim();
    steps.push({
      name: word.replace(/^\?\s*/, "").replace(/\[.*$/, ""),
      optional: optional || word.startsWith("?"),
      indexed: word.includes("["),
    });
    optional = false;
  }
  return { steps, typed, path, pathStart: text.length - chain.length, start: text.length - typed.length };
}

function atStart(env: TypeEnv, range: Range): Completion[] {
  const roots = readableRoots(env).map((root): Completion => {
    const schema = rootType(env, root);
    const insert = NODE_ROOTS.has(root) ? `${root}.` : root;
    return {
      label: root,
      kind: "root",
      insert,
      ...range,
      type: schema === undefined ? "" : typeName(schema),
      detail: ROOT_DETAILS[root] ?? "",
    };
  });
  return [
    ...roots,
    ...functions(
      FUNCTIONS.filter((spec) => spec.receiver === undefined),
      range,
    ),
  ];
}

const ROOT_DETAILS: { readonly [root: string]: string } = {
  input: "What the run was started with",
  trigger: "What started the run",
  event: "The event",
  item: "The element of this passage of the loop",
  index: "The number of this passage, from 0",
  last: "What the passage before gave",
  run: "This run",
  nodes: "What nodes gave",
  ports: "The ports that nodes left by",
  errors: "The errors of nodes that failed",
};

function afterPath(before: Before, env: TypeEnv, range: Range): Completion[] {
  const [root, ...rest] = before.steps;
  if (root === undefined) return [];
  if (NODE_ROOTS.has(root.name)) {
    const types = nodeTypes(env, root.name);
    const [node, ...fields] = rest;
    if (node === undefined) return nodeCompletions(root.name, types, range);
    const type = Object.hasOwn(types, node.name) ? types[node.name] : undefined;
    if (type === undefined) return [];
    const guarded = type.presence !== "always" && !node.optional && !root.optional;
    return fieldsOf(inlineRefs(type.schema), fields, {
      range,
      ...(guarded ? { rewriteFrom: before.pathStart, safePath: before.path.replace(".", ".?") } : {}),
      optional: before.steps.some((step) => step.optional),
    });
  }
  const schema = rootType(env, root.name);
  if (schema === undefined) return [];
  const start = root.indexed ? elementOf(inlineRefs(schema)) : inlineRefs(schema);
  return fieldsOf(start, rest, { range, optional: before.steps.some((step) => step.optional) });
}

function nodeCompletions(root: string, types: ReturnType<typeof nodeTypes>, range: Range): Completion[] {
  return Object.entries(types)
    .filter(([, type]) => type.presence !== "never")
    .map(([id, type]): Completion => {
      const certain = type.presence === "always";
      const doubt = root === "errors" ? "Only if it failed" : "May not have completed here";
      return {
        label: id,
        kind: "node",
        insert: certain ? id : `?${id}`,
        ...range,
        type: typeName(type.schema),
        detail: certain ? "" : doubt,
      };
    });
}

interface FieldContext {
  readonly range: Range;
  /** The path is already optional: nothing more has to be guarded. */
  readonly optional: boolean;
  /** Where a bare path to a node that may be absent begins, and its safe form. */
  readonly rewriteFrom?: number;
  readonly safePath?: string;
}

function fieldsOf(start: JsonSchema, steps: readonly Step[], context: FieldContext): Completion[] {
  let schema = start;
  for (const step of steps) {
    schema = fieldOf(schema, step.name).schema;
    if (step.indexed) schema = elementOf(schema);
  }
  const fields = fieldNames(schema)
    .filter((name) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !FORBIDDEN_NAMES.has(name))
    .map((name) => fieldCompletion(schema, name, context));
  return [...fields, ...functions(methodsOf(schema, context.optional), context.range)];
}

function fieldCompletion(owner: JsonSchema, name: string, context: FieldContext): Completion {
  const field = fieldOf(owner, name);
  const base = { label: name, kind: "field", type: typeName(field.schema) } as const;
  const { range, rewriteFrom, safePath, optional } = context;
  const fallback = fallbackFor(field.schema);
  const detail = DETAILS[field.presence];
  if (rewriteFrom !== undefined && safePath !== undefined) {
    const insert = `${safePath}${name}.orValue(${fallback})`;
    return { ...base, insert, start: rewriteFrom, end: range.end, detail: "May not have completed here" };
  }
  const absent = field.presence === "optional" || field.presence === "some";
  if (!absent && !optional) return { ...base, insert: name, ...range, detail };
  return { ...base, insert: `${absent ? "?" : ""}${name}.orValue(${fallback})`, ...range, detail };
}

const DETAILS: { readonly [presence in FieldPresence]: string } = {
  always: "",
  unknown: "",
  optional: "Optional",
  some: "Not there on every way to this place",
  never: "",
};

/** The value that stands in for what is absent. */
function fallbackFor(schema: JsonSchema): string {
  const [kind, ...others] = kindsOf(schema);
  if (others.length > 0) return "null";
  switch (kind) {
    case "text":
      return '""';
    case "number":
      return "0";
    case "bool":
      return "false";
    case "list":
      return "[]";
    case "map":
      return "{}";
    default:
      return "null";
  }
}

function methodsOf(schema: JsonSchema, optional: boolean): FunctionSpec[] {
  const possible = kindsOf(schema);
  const wanted = new Set<Kind>(optional ? ["optional"] : [...possible].filter((kind) => kind !== "null"));
  // Of a value that may be anything, every function would be listed: none helps more.
  if (!optional && possible.size > 4) return [];
  return FUNCTIONS.filter((spec) => spec.receiver?.some((kind) => wanted.has(kind)) === true);
}

function functions(specs: readonly FunctionSpec[], range: Range): Completion[] {
  const seen = new Set<string>();
  return specs.flatMap((spec): Completion[] => {
    if (seen.has(spec.name)) return [];
    seen.add(spec.name);
    const insert = `${spec.name}(${spec.params.length === 0 ? ")" : ""}`;
    return [
      {
        label: spec.name,
        kind: "function",
        insert,
        ...range,
        type: spec.result,
        detail: `${signature(spec)}: ${spec.description}`,
      },
    ];
  });
}

function typeName(schema: JsonSchema): string {
  return describeKinds(kindsOf(inlineRefs(schema)));
}
