/**
 * What a node type tells about itself, as plain JSON.
 *
 * The designer, the validator and the runtime read manifests and never a node's code, so that a type that
 * arrives in an installed package shows up everywhere without being imported.
 */
import type { Json, JsonObject, JsonSchema } from "../json.ts";

/** The name of the only outcome of a node that has just one. An edge without `port` leaves here. */
export const DEFAULT_PORT = "out";

/** The port that catches a step that failed for good. Every type has it unless it is terminal. */
export const ERROR_PORT = "error";

/**
 * What happens outside when a step runs.
 *
 * - `none`: nothing, a pure function; it needs no commit of its own.
 * - `repeatable`: running again does no harm (a read, a model call).
 * - `keyed`: the target de-duplicates by our idempotency key.
 * - `once`: the target can't; an intent is committed before the call.
 */
export type Effect = "none" | "repeatable" | "keyed" | "once";

/** A question about the params, asked of the text in the document: a template is a value like any other. */
export interface ParamCondition {
  /** JSON pointer into the params. */
  readonly pointer: string;
  /** Holds if the value is one of these … */
  readonly in?: readonly Json[];
  /** … or if the value is there (`true`) or isn't (`false`). */
  readonly present?: boolean;
}

/** The first rule whose condition holds for the node's params decides. A rule without `when` always holds. */
export interface EffectRule {
  readonly when?: ParamCondition;
  readonly effect: Effect;
}

/**
 * Whose word it is what a node gives.
 *
 * - `model`: a language model wrote it.
 * - `outside`: somebody outside did, a customer or another system.
 * - `flow`: another flow gave it, and nobody knows here from where it has it.
 * - `service`: that of the service whose address stands in the params with `x-address`; as long as the document says
 *   which one, it is a service of ours.
 * - `person`: somebody with the right to decide did so.
 */
export type Origin = "model" | "outside" | "flow" | "service" | "person";

/** What harm a param can do where a customer or a model fills it in. */
export type Sink = "payment" | "mail" | "rights";

// A port written in the manifest (there only `when` its condition holds), or ports that the params name:
// `{ from: "/cases/*/port" }`. `holds` points at the conditions beside those names, of which the first that holds
// decides; `otherwise` at conditions of which none does.
export type PortRule =
  | { readonly name: string; readonly title?: string; readonly when?: ParamCondition; readonly otherwise?: string }
  | { readonly from: string; readonly holds?: string };

/**
 * The shape of what a port gives: a JSON Schema in which a subschema may be
 * - `{ "$param": "/pointer" }`: the schema that stands in the params there, anything if none does;
 * - `{ "$typeOf": "/pointer" }`: the static type of the value or template that stands there; of a loop's body it is
 *   the type of what the body ends with;
 * - `{ "$when": ParamCondition, "then": shape, "else": shape }`: one or the other, by the params.
 *
 * The value of a node that ends its branch (no ports) has the shape of `out`; it has one only where the param that the
 * shape points at is there.
 */
export type OutputShape = JsonSchema;

/** What a new node begins with. */
export interface NodePreset {
  /** Camel case; new nodes without a name get their ids from it: `approval`, `approval2`. */
  readonly id: string;
  /**
   * What the palette calls it, and its icon; those of the type where they are left out. A node that has the params
   * which no other beginning of its type has (an approval has `inbox`) is shown with them on its card, too.
   */
  readonly title?: string;
  readonly icon?: string;
  /** In texts, `$flow` and `$node` stand for the ids of the flow and of the new node. */
  readonly params: JsonObject;
}

export interface NodeManifest {
  readonly type: string;
  /** Grows whenever params, ports, output or behavior change. */
  readonly version: number;
  readonly title: string;
  readonly description: string;
  /** A lucide icon's name. */
  readonly icon: string;
  /** The group in the palette, and the card's family. */
  readonly category: "ai" | "wait" | "logic" | "loop" | "flow" | "action" | "end";
  /** `control`: a pure function that the simulator runs too; `action`: `execute` on the server. */
  readonly kind: "control" | "action";
  readonly effect: Effect | readonly EffectRule[];
  /** Whose word its output is. Absent: its own, made of its params. `x-origin` in `output` says it of a part. */
  readonly origin?: Origin;
  /** Its `execute` is made of sub-steps, and entered again after a wait or a crash: `effect` is what each of them does. */
  readonly durable?: boolean;
  /** What `onUnknown` is where the node does not say. */
  readonly onUnknown?: "ask" | "resend";
  /**
   * JSON Schema of the params, with hints:
   * - `x-expression: "condition"`: a bare CEL condition, kept as text and evaluated by the node's behavior;
   *   `x-roots: ["event"]` adds (or, with `x-roots-only`, replaces) the roots it may read.
   * - `x-escape: "html" | "markdown" | "mrkdwn"`: values that a template inserts are made safe inside that.
   * - `x-literal: true`: taken as it is; `{{` in it is not a template (names of ports, schemas).
   * - `x-duration: true`: a duration such as `7d`. With `x-working: true` it may be working time: `{in, calendar}`.
   * - `x-body: true`: a loop's body `{nodes, edges}`; `x-roots` names what it may read besides (if absent: `item` and
   *   `index` where there is a param `items`, whose elements they are, else `index` and `last`).
   * - `x-flow: true`: the id of a flow.
   * - `x-calendar: true`: the name of a calendar.
   * - `x-node: true`: an object `{type, params, arguments, credential}` by which the node calls an action of another
   *   type: with fixed params and with arguments, a JSON Schema of the params that it fills in itself. `x-node:
   *   "http.request"`: it calls that type, in a form of its own. `x-node-type: true`: the name of such a type.
   * - `x-credential: ["bearer"]`: the name of a credential, of one of these kinds.
   * - `x-widget`, `x-order`, `x-label`: for the form. What has `x-widget: "schema"` is checked to be a JSON Schema.
   * - `x-tab: "form" | "deadline"`: on which tab of the form it stands; without it on the first. `x-more: true`: shown
   *   only when it is filled in or asked for. `x-inline: true`: an optional object that is switched on and off, and
   *   whose fields stand among the others. `x-form: true`: a schema that is the form of a task.
   *   `x-when: {"next": ["cursor"]}`: asked for only where its neighbor `next` has one of those values.
   *   `x-enum-labels`: the values of an enumeration in words.
   * - `x-sink: "payment" | "mail" | "rights"`: nothing that a customer or a model wrote may come here unchecked; as
   *   `{ sink, when: ParamCondition }` only if the params say so. `x-shown: true`: a person sees it before they decide.
   *   `x-unique: "name"` on a list: that field is different in each of its elements.
   *   `x-asks: true` beside what has `x-node`: where it is there, a person is asked before that node is called.
   *   `x-address: true`: the address of a service, see `Origin`.
   */
  readonly params: JsonSchema;
  /** Declared ports, in the order they are drawn. Empty: the node ends its branch. `error` is never listed. */
  readonly ports: readonly PortRule[];
  /** Output by port name; `*` for ports that the params name. A port without a shape gives anything. */
  readonly output: { readonly [port: string]: OutputShape };
  /**
   * The card's sentence, as a template over params: `Wait for {outcomes/*\/event:or}[ within {timeout}]`.
   * - `{pointer}` is a value; with `*` or for a list it is all of them, joined by commas and "and". What is missing
   *   shows as `…`. `x-duration` params are written out (`7 days`), a lone template as what it ends with.
   * - `{pointer:or}` joins with "or", `{pointer:plural}` puts words into the plural, `{pointer:keys}` names the keys.
   * - `[…{pointer}…]` is left out unless all its values are there; `[a {x}|b {y}|c]` is the first alternative that has
   *   all its values.
   */
  readonly sentence: string;
  /** Kinds of credential the node can use; the node in the document names one in `credential`. */
  readonly credentials: readonly string[];
  /** It can't do without one. */
  readonly needsCredential?: boolean;
  readonly examples: readonly { readonly title: string; readonly params: JsonObject }[];
  /** The palette offers each of them. Absent: new nodes begin with the params of the first example. */
  readonly presets?: readonly NodePreset[];
}
