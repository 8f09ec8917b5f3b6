/** Taking an answer back: a vote while others have to agree, a decision within its grace. */
import type pg from "pg";
import { noteOperation } from "../audit/note-operation.ts";
import { restoreLink } from "../decision-links/use-link.ts";
import { unsayDecided } from "../notifications/notify.ts";
import { Problem } from "../problem/problem.ts";
import type { Caller } from "../services/services.ts";
import { reopenTask, standingDecision, standingVotes, takeVoteBack } from "../store/tasks.ts";
import { withTask } from "./with-task.ts";

/** By the same person. @returns Its run. @throws Problem */
export function takeBack(database: pg.Pool, caller: Caller, task: string): Promise<string> {
  return withTask(database, caller, task, async (client, stored, person) => {
    const votes = await standingVotes(client, stored.id);
    const own = votes.find(({ actor }) => actor === `person:${person.id}`);
    const decision = stored.status === "decided" ? await standingDecision(client, stored.id) : undefined;
    if ((stored.status === "open" && own === undefined) || (stored.status !== "open" && decision === undefined)) {
      throw new Problem(409, "not_decided", "There is no decision to take back.");
    }
    if (own === undefined) {
      throw new Problem(403, "not_your_decision", "Only the person who decided can take it back.");
    }
    if (decision !== undefined && decision.now >= decision.effectiveAt) {
      throw new Problem(
        409,
        "already_effective",
        "The decision has been given to the run and can't be taken back any more.",
      );
    }
    await takeVoteBack(client, { id: own.id, task: stored.id });
    // Without it the number is not reached any more.
    const reopens = decision !== undefined && own.outcome === decision.outcome;
    if (reopens) await reopenTask(client, decision);
    await unsayDecided(client, stored.id, { kind: "person", id: person.id });
    await restoreLink(client, stored.id, person.id);
    await noteOperation(client, caller, {
      action: "task.take_back",
      target: `task:${stored.id}`,
      before: { status: stored.status, outcome: own.outcome },
      after: { status: reopens ? "open" : stored.status, outcome: own.outcome, decision: own.id },
    });
    return stored.run;
  });
}
