/** What things in a document may be called. */

/** The source of every graph. Never the id of a node. */
export const START = "start";
/** The common target. Never the id of a node. */
export const END = "end";

export const NODE_ID = /^[a-z][A-Za-z0-9_]{0,62}$/;
export const FLOW_ID = /^[a-z][a-z0-9-]{0,62}$/;
/** `ai.object`, `forEach`, `acme.crm.lookup`. */
export const NODE_TYPE = /^[a-z][A-Za-z0-9]*(?:\.[a-z][A-Za-z0-9]*)*$/;
export const PORT_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,62}$/;
export const EVENT_NAME = /^[A-Za-z0-9][A-Za-z0-9_.:/-]{0,199}$/;
/** Becomes part of an environment variable's name, so one spelling per name. */
export const CREDENTIAL_NAME = /^[a-z][a-z0-9-]{0,62}$/;

/** Words that CEL keeps for itself: `nodes.in` would not parse. */
const CEL_KEYWORDS: ReadonlySet<string> = new Set(
  (
    "true false null in as break const continue else for function if import let loop package namespace return " +
    "var void while"
  ).split(" "),
);

/** Whether a word has the form of a node id but may not be one: `start`, `end`, and the keywords of CEL. */
export function isReservedId(id: string): boolean {
  return id === START || id === END || CEL_KEYWORDS.has(id);
}

/** Whether `id` may name a node. */
export function isNodeId(id: string): boolean {
  return NODE_ID.test(id) && !isReservedId(id);
}
