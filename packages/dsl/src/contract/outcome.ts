/**
 * What a node answers. The engine knows these four and no type's name.
 */
import type { WorkingSpan } from "../calendar/working-time.ts";
import type { Json, JsonObject } from "../json.ts";

/** Why a step did not get its result. */
export interface StepError {
  /**
   * - `error`: it failed; may be tried again.
   * - `fatal`: it failed and trying again can't help.
   * - `timeout`: an attempt took too long; may be tried again.
   * - `unknown`: an effect that can't be de-duplicated may or may not have happened.
   */
  readonly kind: "error" | "fatal" | "timeout" | "unknown";
  /** Stable, snake_case: `http_503`, `params_invalid`, `expression_failed`. */
  readonly code: string;
  /** A sentence for a person. Never holds a secret. */
  readonly message: string;
  /** Wait at least so many milliseconds before the next attempt (`Retry-After`). */
  readonly retryAfter?: number;
  /** Trying again by itself would only repeat it: what follows is what follows the last attempt. */
  readonly exhausted?: boolean;
  /** JSON pointer to what was wrong, in the document or the data. */
  readonly pointer?: string;
  readonly details?: Json;
}

/** An event that a step sends; it is committed with the step's checkpoint. */
export interface OutgoingEvent {
  readonly name: string;
  readonly data: Json;
}

/** One way in which a wait for events can end. The first in the list that fits wins. */
export interface WaitOutcome {
  readonly port: string;
  /** One that begins with `~` is heard from nobody: a person decides. */
  readonly event: string;
  /** Path in the event's data (dotted) → the value it must equal, types included. A missing path never matches. */
  readonly match: JsonObject;
  /** CEL condition over `event`. */
  readonly where?: string;
}

/** Whether no event can bring the outcome about. */
export const isDecidedOnly = ({ event }: WaitOutcome): boolean => event.startsWith("~");

/** Who may decide, resolved when the wait opened. */
export interface Assignment {
  readonly people: readonly string[];
  readonly roles: readonly string[];
  readonly groups: readonly string[];
}

/** How long after the opening: milliseconds by the clock, or working time in a calendar; and when that is, once known. */
export type Span = number | (WorkingSpan & { readonly calendar: string }) | { readonly at: number };

/** How much a task presses. */
export const PRIORITIES = ["low", "normal", "high", "urgent"] as const;
export type Priority = (typeof PRIORITIES)[number];

/** Somebody who may decide too, once it has taken so long. */
export interface EscalationRung {
  readonly after: Span;
  readonly assignTo: Assignment;
}

/** A task for people, made when the wait opens. All templates are resolved. */
export interface InboxSpec {
  readonly title: string;
  readonly description?: string;
  readonly context: JsonObject;
  readonly assignTo: Assignment;
  /** JSON Schema of the decision's data; absent: nothing to fill in. */
  readonly form?: JsonObject;
  /** The form's values when nobody changes them. */
  readonly prefill: JsonObject;
  /** Names from `context` or the form, shown in lists. */
  readonly columns: readonly string[];
  /** When it should have been decided; absent: by the deadline. */
  readonly due?: Span;
  readonly reminders: readonly Span[];
  readonly escalation: readonly EscalationRung[];
  readonly priority: Priority;
  /** Whether a mail's link decides by itself, or needs its person's session. */
  readonly link: "shows" | "decides";
  /** Calendars that are gone; the default one stands in for them. Filled in by the host. */
  readonly missingCalendars?: readonly string[];
  readonly notRequester: boolean;
  /** Who decided one of these nodes in the same run may not decide. */
  readonly notDecidersOf: readonly string[];
  /** By port: by so many different people an answer has to be given; one that is not here by one. */
  readonly needs: { readonly [port: string]: number };
  /** Answers that take a comment. */
  readonly reasonFor: readonly string[];
  /** Names of `context` that a model wrote. Left out: those whose expressions in the flow read a model's answer. */
  readonly aiFacts?: readonly string[];
  /** What answers are called on screen, where that is not their name. */
  readonly titles?: { readonly [port: string]: string };
  /** Whether people may attach files. */
  readonly attachments: boolean;
}

/** A durable pause. */
export type WaitSpec =
  | { readonly kind: "time"; readonly until: number; readonly port: string }
  | {
      readonly kind: "event";
      readonly outcomes: readonly WaitOutcome[];
      /** When the wait ends by itself, and by which port. Milliseconds since the epoch. */
      readonly deadline?: { readonly at: number; readonly port: string };
      /** How far look-back reaches, in milliseconds; absent: to the acceptance of the root run's trigger. */
      readonly lookBack?: number;
      readonly inbox?: InboxSpec;
    };

/** Child runs. */
export interface ChildrenSpec {
  /** A flow by id, or the body of this node. */
  readonly source: { readonly flow: string; readonly version?: number } | "body";
  /** One child per item, numbered from `firstIndex` on. For a flow the item is its input. */
  readonly items: readonly Json[];
  /** Number of the first child: iterations of `repeat` arrive one by one. */
  readonly firstIndex: number;
  /** How many may run at a time. */
  readonly concurrency: number;
  /** `stop`: at the first failure no more are started, the others are canceled and the step fails. */
  readonly onItemError: "stop" | "collect";
  /** Start no earlier than this (a pause between iterations), milliseconds since the epoch. */
  readonly notBefore?: number;
  /** `last` for the body, in `repeat`. */
  readonly last?: Json;
  /** The children must have ended by then, milliseconds since the epoch. */
  readonly deadline?: number;
}

export type Outcome =
  | {
      readonly type: "output";
      readonly port: string;
      /** Absent only for a terminal node without an output. */
      readonly value: Json | undefined;
      readonly events?: readonly OutgoingEvent[];
      /** What is worth knowing about the making of the value (model, tokens, offline); stored beside it, not readable by expressions. */
      readonly meta?: JsonObject;
    }
  | {
      readonly type: "wait";
      readonly wait: WaitSpec;
      /** The wait stands in the middle of the step, which calls it so: when it has ended the step goes on. */
      readonly resumes?: string;
    }
  | {
      readonly type: "children";
      readonly children: ChildrenSpec;
      /** As of a wait: they are started in the middle of the step, which goes on when they have ended. */
      readonly resumes?: string;
    }
  | { readonly type: "fail"; readonly error: StepError };

/** How a child ended. */
export type ChildResult =
  | { readonly index: number; readonly status: "completed"; readonly output: Json }
  | { readonly index: number; readonly status: "failed" | "canceled"; readonly error: StepError };
