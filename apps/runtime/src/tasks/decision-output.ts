/** What a decision gives to its run: the answer, everybody's votes, and what people said and attached. */
import type { Json, JsonObject } from "@holdfast/dsl";
import { iso } from "../host/expression-roots.ts";
import type { Queryable } from "../read/queryable.ts";
import type { StoredDecision } from "../store/tasks.ts";
import { talkOf, type Talk } from "../store/task-talk.ts";

export async function decisionOutput(database: Queryable, decision: StoredDecision): Promise<JsonObject> {
  const { outcome, data, comment, via, decidedAt } = decision;
  const talk = (await talkOf(database, [decision.task])).get(decision.task);
  return {
    outcome,
    data,
    ...(comment === null ? {} : { comment }),
    by: personJson(decision.actor, decision.name),
    ...onBehalf(decision.onBehalfOf, decision.onBehalfOfName),
    via,
    at: iso(decidedAt),
    ...talkOutput(talk),
  };
}

/** The keys that every end of a task by a person has. */
export function talkOutput(talk: Talk | undefined): JsonObject {
  return {
    comments: (talk?.comments ?? []).map(({ actor, name, text, at }) => ({
      by: personJson(actor, name),
      text,
      at: iso(at),
    })),
    files: (talk?.files ?? []).map(({ id, name, type, size, actor, actorName, at }) => ({
      id,
      name,
      type,
      size,
      by: personJson(actor, actorName),
      at: iso(at),
    })),
    decisions: (talk?.votes ?? []).map((vote) => ({
      outcome: vote.outcome,
      by: personJson(vote.actor, vote.name),
      ...(vote.comment === null ? {} : { comment: vote.comment }),
      at: iso(vote.at),
      via: vote.via,
      ...onBehalf(vote.onBehalfOf, vote.onBehalfOfName),
    })),
  };
}

function personJson(actor: string, name: string | null): Json {
  const [kind = "person", id = ""] = actor.split(":", 2);
  return name === null ? { kind, id } : { kind, id, name };
}

const onBehalf = (id: string | null, name: string | null): JsonObject =>
  id === null ? {} : { onBehalfOf: personJson(`person:${id}`, name) };
