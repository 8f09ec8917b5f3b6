/** What a node may wait for in its middle. */
import {
  compileCondition,
  ExpressionError,
  isDuration,
  isJsonObject,
  LONGEST_DURATION,
  parseDuration,
  type Json,
  type JsonObject,
  type WaitOutcome,
  type WaitSpec,
} from "@holdfast/dsl";
import { fatalFailure } from "../failure.ts";
import { TIMEOUT_PORT } from "../wait-event/params.ts";
import { taskOf, type Named, type TaskRequest } from "./task-request.ts";

/** A pause: for so long, or until then. */
export type TimeRequest = Named &
  (
    | {
        /** A duration such as `30s` or `2h`, or milliseconds. */
        readonly for: string | number;
      }
    | {
        /** A moment: a date, its ISO text, or milliseconds since the epoch. */
        readonly until: Date | string | number;
      }
  );

/** The first of some events. */
export interface EventRequest extends Named {
  /** One event … */
  readonly event?: string;
  /** Path in the event's data (dotted) → the value it must equal. */
  readonly match?: JsonObject;
  /** CEL condition over `event`. */
  readonly where?: string;
  /** … or several, of which the first in the list that fits counts. */
  readonly outcomes?: readonly {
    readonly outcome: string;
    readonly event: string;
    readonly match?: JsonObject;
    readonly where?: string;
  }[];
  /** A duration such as `2d`, or milliseconds: then the wait ends with the outcome `timeout`. */
  readonly timeout?: string | number;
}

export type WaitRequest = TimeRequest | EventRequest | TaskRequest;

/** How a wait ended. */
export interface WaitResult {
  /** Of a wait for events: which, or `timeout`. Of a single event its name is `event`. */
  readonly outcome?: string;
  /** What the event brought, or the form. */
  readonly data?: Json;
  /** What the person who decided said, … */
  readonly comment?: string;
  /** … and who that was: `{kind, id, name?}`. */
  readonly by?: JsonObject;
  readonly event?: JsonObject;
  /** When, as ISO text. */
  readonly at: string;
}

/** The outcome of a single event, which has no name. */
const EVENT = "event";

/** @throws NodeFailure when it asks for nothing that can be waited for */
export function waitSpecOf(request: WaitRequest, now: number): WaitSpec {
  if ("for" in request) return { kind: "time", until: now + milliseconds(request.for), port: "out" };
  if ("until" in request) return { kind: "time", until: moment(request.until, now), port: "out" };
  const { timeout } = request;
  return {
    kind: "event",
    ...("inbox" in request ? taskOf(request) : { outcomes: outcomesOf(request) }),
    ...(timeout !== undefined && { deadline: { at: now + milliseconds(timeout), port: TIMEOUT_PORT } }),
  };
}

function outcomesOf({ event, match = {}, where, outcomes }: EventRequest): readonly WaitOutcome[] {
  const several = outcomes?.map(({ outcome, match: its = {}, ...rest }) => ({ port: outcome, match: its, ...rest }));
  if (several !== undefined && several.length > 0 && event === undefined) return several.map(checked);
  if (event === undefined || several !== undefined) {
    throw fatalFailure("wait_invalid", "A wait names a time (`for`, `until`), one `event`, or a list of `outcomes`.");
  }
  return [checked({ port: EVENT, event, match, ...(where !== undefined && { where }) })];
}

const LONGEST_NAME = 200;

/** @throws NodeFailure for what no event could ever fit */
function checked(outcome: WaitOutcome): WaitOutcome {
  const { event, where } = outcome;
  if (typeof event !== "string" || event === "" || event.length > LONGEST_NAME || event.startsWith("~")) {
    throw fatalFailure("wait_invalid", `“${event}” is not the name of an event, such as shop/order.paid.`);
  }
  try {
    if (where !== undefined) compileCondition(where);
    return outcome;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw fatalFailure("wait_invalid", `\`where\` of the event “${event}” is no condition: ${error.message}`);
  }
}

function milliseconds(duration: string | number): number {
  if (typeof duration === "number" && duration <= LONGEST_DURATION) return Math.max(0, Math.ceil(duration));
  if (typeof duration === "string" && isDuration(duration)) return parseDuration(duration);
  const right = "such as 30s, 2h or 7d, or milliseconds, and at most a hundred years";
  throw fatalFailure("wait_invalid", `“${duration}” is not a duration ${right}.`);
}

function moment(until: Date | string | number, now: number): number {
  const at = typeof until === "number" ? until : new Date(until).getTime();
  // A moment that has passed is waited for no longer, however long ago it was.
  if (at <= now + LONGEST_DURATION) return Math.ceil(Math.max(at, 0));
  const right = "a Date, its ISO text or milliseconds since 1970, and at most a hundred years away";
  throw fatalFailure("wait_invalid", `“${String(until)}” is not a moment to wait for: give ${right}.`);
}

/** What the runtime recorded of a wait. */
export function waitResult(recorded: Json): WaitResult {
  const { outcome, data, comment, by, event, at } = isJsonObject(recorded) ? recorded : {};
  return {
    ...(typeof outcome === "string" && { outcome }),
    ...(data !== undefined && { data }),
    ...(typeof comment === "string" && { comment }),
    ...(isJsonObject(by) && { by }),
    ...(isJsonObject(event) && { event }),
    at: typeof at === "string" ? at : "",
  };
}
