/** How it is told who decides about something that they should not: what, from where, and by which way. */
import type { Origin, Sink } from "../../contract/manifest.ts";
import type { Issue } from "../../document/issue.ts";
import type { Json } from "../../json.ts";
import { issueOf, type IssueCode } from "../codes.ts";
import type { Trace } from "./taint.ts";

type Names = ReadonlyMap<string, string>;

/** How each kind of harm is told. */
interface Words {
  readonly code: IssueCode;
  /** What the param is of. */
  readonly of: string;
  /** What is decided about. */
  readonly about: string;
  readonly hint: string;
}

const WORDS: { readonly [sink in Sink]: Words } = {
  payment: {
    code: "tainted_payment",
    of: " of a payment",
    about: "a payment",
    hint: "Let a person approve it, compare it in a branch with what your own data say, or pay the smaller of both: min([a, b]).",
  },
  mail: {
    code: "tainted_mail",
    of: " of a mail",
    about: "who gets a mail",
    hint: "Read the address from your own data by an id, let a person see it first, or check it in a branch.",
  },
  rights: {
    code: "tainted_rights",
    of: "",
    about: "who may do what",
    hint: "Name the people, roles or groups in the flow, or read them from your own data.",
  },
};

const WHO: { readonly [origin in Origin]: string } = {
  model: "a model wrote",
  outside: "somebody outside wrote",
  flow: "another flow gave",
  service: "somebody outside wrote",
  person: "a person wrote",
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
  const { code, of, hint } = WORDS[sink];
  const { source, origin } = trace;
  const message = `“${label}”${of} is made of “${source}”, which ${WHO[origin]}, and nothing checks it: ${way(trace, names)}.`;
  return issueOf(code, pointer, message, hint);
}

/** Nothing that it pays is anybody's, and yet nobody else has said that it is to be paid. */
export function actIssue(pointer: string, trace: Trace, names: Names): Issue {
  const { source, origin } = trace;
  const called = names.get(trace.way.at(-1) ?? "") ?? "";
  const message = `Whether “${called}” pays is decided by “${source}” alone, which ${WHO[origin]}: ${way(trace, names)}.`;
  const told = { hint: "Let a person approve it, or let the branch ask for something that your own data say." };
  return issueOf("tainted_payment", pointer, message, told.hint);
}

/** A model calls it when it likes. */
export function callIssue({ sink, pointer, type }: Call, id: string, names: Names): Issue {
  const { code, about } = WORDS[sink];
  const agent = names.get(id) ?? id;
  const message = `“${type}” is called as the model of “${agent}” likes, so that decides about ${about}, and nobody is asked.`;
  const told = { hint: "Let a person be asked before the tool is used." };
  return issueOf(code, pointer, message, told.hint);
}

function way({ way: ids }: Trace, names: Names): string {
  return ids.map((id) => names.get(id) ?? id).join(" → ");
}
