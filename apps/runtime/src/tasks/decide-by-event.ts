/**
 * An event that meets a task is its sender's decision: absent fields take the prefill, the right is checked, and where
 * it may not be one the event stays stored, the wait open, and the event says why.
 */
import type { Json, JsonObject } from "@holdfast/dsl";
import { parseActor } from "../actor/actor.ts";
import { Problem } from "../problem/problem.ts";
import type { Caller } from "../services/services.ts";
import type { Refusal, StoredEvent } from "../store/events.ts";
import { personOf } from "../store/person-of.ts";
import type { Woken } from "../store/wakes.ts";
import { decideTask, type DecisionContext } from "./decide-task.ts";

export async function decideByEvent(
  context: DecisionContext & { readonly woken: (woken: Woken) => void; readonly touched: (run: string) => void },
  event: StoredEvent,
  task: string,
  outcome: string,
): Promise<Refusal | "decided" | "voted"> {
  const actor = parseActor(event.actor);
  const person = await personOf(context.database, actor);
  const caller: Caller = {
    workspace: event.workspace,
    actor,
    door: "api",
    ...(person === undefined ? {} : { person }),
  };
  const form = await formOf(context.database, task);
  const { comment, data } = split(event.data, form);
  try {
    const decided = await decideTask(
      context,
      caller,
      { task, outcome, data, ...(comment === undefined ? {} : { comment }) },
      { id: event.id, acceptedAt: event.acceptedAt },
    );
    if (decided.woken !== undefined) context.woken(decided.woken);
    else context.touched(decided.run);
    return decided.decided ? "decided" : "voted";
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const [first] = error.issues;
    return {
      code: error.code,
      pointer: first?.pointer ?? error.pointer ?? "",
      message: first?.message ?? error.message,
    };
  }
}

async function formOf(database: DecisionContext["database"], task: string): Promise<JsonObject | null> {
  const found = await database.query<{ form: JsonObject | null }>("select form from holdfast.tasks where id = $1", [
    task,
  ]);
  return found.rows[0]?.form ?? null;
}

/** The fields of the form, and a comment; what else the event carries (what it was matched by) is not the decision's. */
function split(data: Json, form: JsonObject | null): { data: JsonObject; comment: string | undefined } {
  if (typeof data !== "object" || data === null || Array.isArray(data)) return { data: {}, comment: undefined };
  const comment = typeof data["comment"] === "string" ? data["comment"] : undefined;
  const properties = form?.["properties"];
  if (typeof properties !== "object" || properties === null || Array.isArray(properties)) {
    const { comment: _, ...rest } = data;
    return { data: form === null ? rest : {}, comment };
  }
  return {
    data: Object.fromEntries(Object.entries(data).filter(([name]) => Object.hasOwn(properties, name))),
    comment,
  };
}
