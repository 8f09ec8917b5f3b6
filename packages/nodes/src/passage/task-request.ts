/** A task for people from within a node. */
import {
  isUsableSchema,
  type InboxSpec,
  type JsonObject,
  type Priority,
  type WaitOutcome,
  type WaitSpec,
} from "@holdfast/dsl";
import { z } from "zod";
import { fatalFailure, type NodeFailure } from "../failure.ts";
import { jsonObject, portName } from "../schema/params.ts";
import { inboxSpec } from "../wait-event/inbox.ts";
import { inboxParams, TIMEOUT_PORT } from "../wait-event/params.ts";

/** Of a wait. */
export interface Named {
  /** Tells the waits of a node apart; needed from the second on. `wait` if left out. */
  readonly name?: string;
}

interface Assignees {
  readonly people?: readonly string[];
  readonly roles?: readonly string[];
  readonly groups?: readonly string[];
}

/** A duration such as `2d`, or working time in a calendar. */
type Span = string | { readonly in: string; readonly calendar?: string };

/** What people are shown, and who they are. As the inbox section of “Wait for an event”. */
export interface TaskInbox {
  /** The question. */
  readonly title: string;
  readonly description?: string;
  /** Facts, by name. */
  readonly context?: JsonObject;
  /** Names of `context` that a model wrote: they are shown as such. */
  readonly aiFacts?: readonly string[];
  /** Left out: everybody who may decide tasks. */
  readonly assignTo?: Assignees;
  /** JSON Schema of what is filled in. */
  readonly form?: JsonObject;
  /** What the form begins with, over its defaults. */
  readonly prefill?: JsonObject;
  readonly columns?: readonly string[];
  readonly priority?: Priority;
  readonly due?: Span;
  readonly reminders?: readonly Span[];
  readonly escalation?: readonly { readonly after: Span; readonly assignTo: Assignees }[];
  readonly link?: "shows" | "decides";
  /** Whoever the flow names as requester can't decide. */
  readonly notRequester?: boolean;
  readonly notDecidersOf?: readonly string[];
  /** By outcome: how many different people it takes. One, if left out. */
  readonly needs?: { readonly [outcome: string]: number };
  /** Outcomes that take a comment. */
  readonly reasonFor?: readonly string[];
  readonly attachments?: boolean;
}

/** Somebody's decision. */
export interface TaskRequest extends Named {
  readonly inbox: TaskInbox;
  readonly outcomes: readonly {
    readonly outcome: string;
    /** What the answer is called on screen. Its name, if left out. */
    readonly title?: string;
  }[];
  /** A duration such as `2d`, or milliseconds: then the wait ends with the outcome `timeout`. */
  readonly timeout?: string | number;
}

const LONGEST_TITLE = 80;

const parsed = z.strictObject({
  inbox: inboxParams.extend({ prefill: jsonObject().optional(), aiFacts: z.array(z.string()).optional() }),
  outcomes: z
    .array(
      z.strictObject({
        outcome: portName(TIMEOUT_PORT),
        title: z.string().trim().min(1).max(LONGEST_TITLE).optional(),
      }),
    )
    .min(1),
});

type EventWait = Extract<WaitSpec, { readonly kind: "event" }>;

/** @throws NodeFailure when it is not a task */
export function taskOf({ inbox, outcomes }: TaskRequest): Pick<EventWait, "outcomes"> & { readonly inbox: InboxSpec } {
  const result = parsed.safeParse({ inbox, outcomes });
  if (!result.success) {
    const [issue] = result.error.issues;
    const place = (issue?.path ?? []).map(String).join("/");
    throw invalid(`${place === "" ? "It" : `\`${place}\``} is not valid: ${issue?.message ?? ""}`);
  }
  const { prefill, aiFacts = [], ...given } = result.data.inbox;
  const names = result.data.outcomes.map(({ outcome }) => outcome);
  const known = new Set(names);
  const twice = names.find((each, index) => names.indexOf(each) !== index);
  if (twice !== undefined) throw invalid(`The outcome “${twice}” is there twice`);
  const unknown = [...Object.keys(given.needs ?? {}), ...(given.reasonFor ?? [])].find((each) => !known.has(each));
  if (unknown !== undefined) throw invalid(`“${unknown}” is none of its outcomes: ${names.join(", ")}`);
  if (given.form !== undefined && !isUsableSchema(given.form)) throw invalid("`inbox/form` is no JSON Schema");
  const spec = inboxSpec(given);
  const titles = Object.fromEntries(
    result.data.outcomes.flatMap(({ outcome, title }) => (title === undefined ? [] : [[outcome, title]])),
  );
  return {
    inbox: { ...spec, prefill: { ...spec.prefill, ...prefill }, aiFacts, titles },
    outcomes: names.map((port): WaitOutcome => ({ port, event: `~${port}`, match: {} })),
  };
}

const invalid = (why: string): NodeFailure => fatalFailure("wait_invalid", `The task can't be made. ${why}.`);
