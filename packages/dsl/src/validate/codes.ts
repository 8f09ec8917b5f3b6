/**
 * Every code that validation can answer. Codes are stable: programs, tests and documentation name them. Codes of
 * expressions (`type_error`, `syntax_error`, …) are told apart by having a `range`; their table is in `docs/expressions.md`.
 */
import type { Issue } from "../document/issue.ts";

interface CodeEntry {
  readonly severity: Issue["severity"];
  /** What it means, in one sentence. */
  readonly sentence: string;
}

export const ISSUE_CODES = {
  // Shape
  not_json: { severity: "error", sentence: "The document holds something that is not JSON." },
  document_too_large: { severity: "error", sentence: "The document is larger than 4 MiB." },
  too_deep: { severity: "error", sentence: "Lists and objects are nested more than 128 deep." },
  too_many_nodes: { severity: "error", sentence: "The document has more than 2,000 nodes." },
  forbidden_key: { severity: "error", sentence: "`__proto__` is used as a key." },
  forbidden_character: { severity: "error", sentence: "Text holds U+0000 or half of a surrogate pair." },
  unsupported_dsl: { severity: "error", sentence: "The document has a format that this version does not read." },
  unknown_field: { severity: "error", sentence: "A field that nothing would carry out." },
  missing_field: { severity: "error", sentence: "A field is missing." },
  wrong_type: { severity: "error", sentence: "A field has a value of another JSON type." },
  invalid_value: { severity: "error", sentence: "A field has a value that it can't have." },
  invalid_duration: { severity: "error", sentence: "Text is not a duration." },
  unknown_time_zone: { severity: "error", sentence: "Text is not an IANA time zone." },
  invalid_node_id: { severity: "error", sentence: "A node's id does not match `[a-z][A-Za-z0-9_]{0,62}`." },
  reserved_node_id: { severity: "error", sentence: "A node's id is `start`, `end` or a keyword of CEL." },

  // Graph
  duplicate_node_id: { severity: "error", sentence: "Two nodes in different graphs of the document have one id." },
  unknown_node: { severity: "error", sentence: "An edge names a node that does not exist." },
  edge_across_bodies: { severity: "error", sentence: "An edge leads into or out of a loop's body." },
  edge_into_start: { severity: "error", sentence: "An edge leads to `start`." },
  edge_from_end: { severity: "error", sentence: "An edge leaves from `end`." },
  duplicate_edge: { severity: "error", sentence: "Two edges lead from the same port to the same node." },
  unknown_port: { severity: "error", sentence: "An edge leaves by a port that its node does not have." },
  unconnected_port: { severity: "error", sentence: "A port other than `error` has no edge." },
  no_start: { severity: "error", sentence: "No edge leaves from `start`." },
  no_end: { severity: "error", sentence: "No way through the graph comes to an end." },
  unreachable_node: { severity: "error", sentence: "No way leads from `start` to the node." },
  cycle: { severity: "error", sentence: "Edges lead in a circle." },
  ambiguous_output: { severity: "error", sentence: "Two outputs can both be reached in one run." },
  join_without_choice: { severity: "warning", sentence: "`join` is set on a node that fewer than two edges lead to." },

  // Nodes
  unknown_node_type: { severity: "error", sentence: "No installed node type has this name." },
  unknown_node_version: { severity: "error", sentence: "The node type is not installed in this version." },
  newer_node_version: { severity: "warning", sentence: "A newer version of the node type is installed." },
  missing_param: { severity: "error", sentence: "A param that the node type requires is missing." },
  unknown_param: { severity: "error", sentence: "The node type has no such param." },
  invalid_param: { severity: "error", sentence: "A param does not fit the node type's schema." },
  template_type: { severity: "error", sentence: "A template gives a type that the param can't take." },
  template_not_allowed: { severity: "warning", sentence: "Text that is taken literally holds `{{`." },
  duplicate_port: { severity: "error", sentence: "Two ports of a node have one name." },
  reserved_port: { severity: "error", sentence: "A port named in the params is called `error`." },
  invalid_port: { severity: "error", sentence: "A port's name does not match `[A-Za-z][A-Za-z0-9_-]{0,62}`." },
  unexpected_body: { severity: "error", sentence: "A node that is no loop has a param that looks like a body." },
  invalid_schema: { severity: "error", sentence: "A JSON Schema is not well-formed." },
  unknown_calendar: { severity: "error", sentence: "A length of working time names a calendar that does not exist." },
  unknown_flow: { severity: "warning", sentence: "The flow to run does not exist yet." },
  credential_not_supported: { severity: "error", sentence: "A credential is named on a node that sends nothing." },
  credential_required: { severity: "error", sentence: "A node that can't do without a credential names none." },
  setting_without_effect: { severity: "warning", sentence: "A setting does nothing for this node." },
  invalid_compensation: { severity: "error", sentence: "The type can't compensate: it waits, or changes nothing." },
  invalid_call: { severity: "error", sentence: "A node can't call this type, or can't give it this." },
  nobody_assigned: { severity: "warning", sentence: "A task's `assignTo` names nobody." },
  unknown_column: { severity: "error", sentence: "A column is neither in the context nor in the form." },
  unknown_answer: {
    severity: "error",
    sentence: "`needs` or `reasonFor` names an answer that the wait does not have.",
  },
  no_decision_there: { severity: "error", sentence: "`notDecidersOf` names a node that nobody decides." },
  prefill_type: { severity: "error", sentence: "A form's field begins with a value of another type." },
  due_after_timeout: { severity: "warning", sentence: "A task is due when its wait is already over." },
  reminder_after_timeout: { severity: "warning", sentence: "A reminder is due when the wait is already over." },
  escalation_after_timeout: {
    severity: "warning",
    sentence: "A rung of the ladder comes when the wait is already over.",
  },
  invalid_match_path: { severity: "error", sentence: "A key of `match` is not a dotted path." },
  secret_in_document: { severity: "error", sentence: "A secret stands in the document." },
  tainted_payment: {
    severity: "error",
    sentence: "What a customer or a model wrote decides about a payment, and nothing checks it.",
  },
  tainted_mail: {
    severity: "warning",
    sentence: "What a customer or a model wrote decides who gets a mail, and nothing checks it.",
  },
  tainted_rights: {
    severity: "warning",
    sentence: "What a customer or a model wrote decides who may do something, and nothing checks it.",
  },

  // Flow
  no_trigger: { severity: "warning", sentence: "Nothing starts the flow." },
  duplicate_trigger: { severity: "error", sentence: "Two triggers are for the same event, or both for calls." },
  incomplete_mapping: { severity: "error", sentence: "A trigger's mapping lacks a field that the input requires." },
  requester_missing: { severity: "error", sentence: "`notRequester` is set, and no run has a requester." },
  requester_uncertain: { severity: "warning", sentence: "`notRequester` is set, and some runs have no requester." },
  unused_type: { severity: "warning", sentence: "`uses` names a node type that no node has." },
  unknown_layout_node: { severity: "warning", sentence: "`layout` has a position for a node that does not exist." },
  unknown_test_node: { severity: "warning", sentence: "A scenario names a node that does not exist." },
  unknown_test_port: { severity: "warning", sentence: "A scenario names a port that its node does not have." },
  invalid_test_input: { severity: "warning", sentence: "A scenario's input does not fit the flow's input schema." },
} as const satisfies Record<string, CodeEntry>;

export type IssueCode = keyof typeof ISSUE_CODES;

/** An issue with the severity that its code has. */
export function issueOf(code: IssueCode, pointer: string, message: string, hint?: string): Issue {
  const issue = { code, severity: ISSUE_CODES[code].severity, pointer, message };
  return hint === undefined ? issue : { ...issue, hint };
}
