/**
 * Accepting events: all of a request are committed before any is acknowledged; then they look for waits and triggers.
 */
import { EVENT_NAME } from "@holdfast/dsl";
import type pg from "pg";
import { actorText } from "../actor/actor.ts";
import { LIMITS } from "../host/limits.ts";
import { uuid7 } from "../ids/uuid7.ts";
import { Problem, type ProblemIssue } from "../problem/problem.ts";
import { eventIdsByExternalId, type IncomingEvent, insertEvents, type StoredEvent } from "../store/events.ts";
import type { Caller, NewEvent } from "./services.ts";
import { isStorableText, storable } from "./storable.ts";

const MAX_ID = 200;

export interface AcceptContext {
  readonly database: pg.Pool;
  readonly workerId: number;
  /** They may be committed: let them look. */
  accepted(ids: readonly string[], end: () => void): void;
  /** Events are about to be committed. */
  beginLook(): () => void;
}

/**
 * Ids in the order of the events; a known external id answers with the event it already has.
 * @throws Problem, whose pointers lead into the list; into the event itself where it is the only one.
 */
export async function acceptEvents(
  context: AcceptContext,
  caller: Caller,
  events: readonly NewEvent[],
): Promise<{ ids: readonly string[] }> {
  refuseBad(events);
  const seen = new Map<string, string>();
  const incoming: IncomingEvent[] = [];
  const own = events.map((event) => {
    const known = event.id === undefined ? undefined : seen.get(event.id);
    if (known !== undefined) return known;
    const id = uuid7();
    if (event.id !== undefined) seen.set(event.id, id);
    incoming.push({ id, name: event.name, data: event.data, externalId: event.id });
    return id;
  });
  const by = {
    workspace: caller.workspace,
    actor: actorText(caller.actor),
    via: caller.door,
    workerId: context.workerId,
  };
  const end = context.beginLook();
  let stored: readonly StoredEvent[] = [];
  try {
    stored = await insertEvents(context.database, incoming, by);
  } finally {
    // Also when it failed: the answer to its commit may have been lost, and then the events are there.
    context.accepted(
      incoming.map((event) => event.id),
      end,
    );
  }
  if (stored.length === incoming.length) return { ids: own };
  const before = await eventIdsByExternalId(context.database, caller.workspace, [...seen.keys()]);
  return { ids: own.map((id, index) => before.get(events[index]?.id ?? "") ?? id) };
}

function refuseBad(events: readonly NewEvent[]): void {
  if (events.length > LIMITS.eventsPerRequest) {
    throw new Problem(
      413,
      "too_many_events",
      `A request has at most ${LIMITS.eventsPerRequest} events; this one has ${events.length}.`,
      { pointer: "" },
    );
  }
  const issues: ProblemIssue[] = [];
  for (const [index, event] of events.entries()) {
    const at = events.length === 1 ? "" : `/${index}`;
    if (!EVENT_NAME.test(event.name)) {
      issues.push({
        code: "invalid_event_name",
        pointer: `${at}/name`,
        message: "An event's name has letters, digits and . _ / : - only, 200 at most.",
        hint: "For example support/refund.requested",
      });
    }
    if (event.id !== undefined && (event.id.length === 0 || event.id.length > MAX_ID || !isStorableText(event.id))) {
      issues.push({
        code: "invalid_event_id",
        pointer: `${at}/id`,
        message: `An event's id has 1 to ${MAX_ID} characters.`,
      });
    }
    const stored = storable(event.data, LIMITS.event, `${at}/data`);
    if ("issue" in stored) issues.push(stored.issue);
  }
  const [first] = issues;
  if (first !== undefined) throw new Problem(422, first.code, first.message, { pointer: first.pointer, issues });
}
