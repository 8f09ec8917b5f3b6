/** How it is told who decides about something that they should not: what, from where, and by which way. */
import type { Origin, Sink } from "../../contract/manifest.ts";
import type { Issue } from "../../document/issue.ts";
import type { Json } from "../../json.ts";
import { issueOf } from "../codes.ts";
import type { Trace } from "./taint.ts";

type Names = ReadonlyMap<string, string>;

const CODES = { payment: "tainted_payment", mail: "tainted_mail", rights: "tainted_rights" } as const;

const WHAT: { readonly [sink in Sink]: string } = {
  payment: "a payment",
  mail: "who gets a mail",
  rights: "who may do what",
};

const WHO: { readonly [origin in Origin]: string } = {
  model: "a model wrote",
  outside: "somebody outside wrote",
  flow: "another flow gave",
  service: "somebody outside wrote",
  person: "a person wrote",
};

const HINTS: { readonly [sink in Sink]: string } = {
  payment:
    "Let a person approve it, compare it in a branch with what your own data say, or pay the smaller of both: min([…, …]).",
  mail: "Read the address from your own data by an id, let a person see it first, or check it in a branch.",
  rights: "Name the people, roles or groups in the flow, or read them from your own data.",
};

/** A param that can do harm. */
export interface Place {
  readonly pointer: string;
  /** Absent: nobody has filled it in. */
  readonly value?: Json;
  readonly sink: Sink;
  readonly label: string;
}

/** What a node calls, as a model likes. */
export interface Call {
  readonly sink: Sink;
  readonly pointer: string;
  readonly type: string;
}

export function paramIssue({ sink, pointer, label }: Place, trace: Trace, names: Names): Issue {
  const { source, origin } = trace;
  const message = `“${label}” of ${WHAT[sink]} is made of “${source}”, which ${WHO[origin]}, and nothing checks it: ${way(trace, names)}.`;
  return issueOf(CODES[sink], pointer, message, HINTS[sink]);
}

/** Nothing that it pays is anybody's, and yet nobody else has said that it is to be paid. */
export function actIssue(pointer: string, trace: Trace, names: Names): Issue {
  const { source, origin } = trace;
  const called = names.get(trace.way.at(-1) ?? "") ?? "";
  const message = `Whether “${called}” pays is decided by “${source}” alone, which ${WHO[origin]}: ${way(trace, names)}.`;
  const hint = "Let a person approve it, or let the branch ask for something that your own data say.";
  return issueOf("tainted_payment", pointer, message, hint);
}

/** A model calls it when it likes. */
export function callIssue({ sink, pointer, type }: Call, id: string, names: Names): Issue {
  const message = `“${type}” is called as the model of “${names.get(id) ?? id}” likes, so it decides about ${WHAT[sink]}, and nobody is asked.`;
  return issueOf(CODES[sink], pointer, message, "Let a person be asked before the tool is used.");
}

function way({ way: ids }: Trace, names: Names): string {
  return ids.map((id) => names.get(id) ?? id).join(" → ");
}
