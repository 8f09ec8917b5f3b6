/** What happened at one node, in order, from all that the run's record says of it. */
import type { RunDetails } from "../../rpc/outputs.ts";
import { partsOf, stepsOf, undoOf, waitOf } from "./run-facts.ts";
import { failureText } from "../../words/step-errors.ts";

export type Happening =
  | { readonly kind: "began"; readonly attempt: number }
  | { readonly kind: "completed"; readonly port: string }
  | { readonly kind: "failed"; readonly attempt: number; readonly error: string }
  | { readonly kind: "part"; readonly name: string; readonly error?: string }
  | { readonly kind: "waits" }
  | { readonly kind: "task"; readonly title: string }
  | { readonly kind: "reminded" }
  | { readonly kind: "escalated" }
  | { readonly kind: "claimed"; readonly by: string }
  | { readonly kind: "gave"; readonly how: "delegate" | "handOver"; readonly by: string; readonly to: string }
  | { readonly kind: "commented"; readonly by: string; readonly text: string }
  | {
      /** `voted`: others had to answer too. */
      readonly kind: "decided" | "voted";
      readonly outcome: string;
      readonly by: string;
      /** In whose stead. */
      readonly whom: string | undefined;
      readonly via: string;
      readonly comment: string | null;
    }
  | { readonly kind: "incident"; readonly incident: RunDetails["incidents"][number]["kind"] }
  | { readonly kind: "resolved"; readonly action: string; readonly by: string }
  | { readonly kind: "undone" };

export interface Entry {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly what: Happening;
}

export function historyOf(details: RunDetails, node: string): readonly Entry[] {
  const wait = waitOf(details, node);
  const undo = undoOf(details, node);
  const entries: Entry[] = [
    ...stepEntries(details, node),
    ...partEntries(details, node),
    ...(wait === undefined || wait.kind === "incident" ? [] : [entry(wait.openedAt, { kind: "waits" })]),
    ...details.tasks.filter((task) => task.node === node).flatMap((task) => taskEntries(task, details.people)),
    ...details.incidents
      .filter((incident) => incident.node === node)
      .flatMap((incident) => incidentEntries(incident, details.people)),
    ...(undo?.finishedAt === null || undo?.finishedAt === undefined
      ? []
      : [entry(undo.finishedAt, { kind: "undone" })]),
  ];
  return entries.toSorted((a, b) => a.at - b.at);
}

const entry = (at: string, what: Happening): Entry => ({ at: Date.parse(at), what });

function stepEntries(details: RunDetails, node: string): Entry[] {
  return stepsOf(details, node).flatMap(({ attempt, status, startedAt, finishedAt, port, error }) => {
    if (status === "waiting" || status === "scheduled") return [];
    const began = entry(startedAt, { kind: "began", attempt });
    if (finishedAt === null) return [began];
    const ended: Happening =
      status === "failed"
        ? { kind: "failed", attempt, error: error === null ? "" : failureText(error) }
        : { kind: "completed", port: port ?? "out" };
    return [began, entry(finishedAt, ended)];
  });
}

function partEntries(details: RunDetails, node: string): Entry[] {
  return partsOf(details, node).flatMap(({ call, finishedAt, error }) =>
    finishedAt === null
      ? []
      : [entry(finishedAt, { kind: "part", name: call, ...(error !== null && { error: failureText(error) }) })],
  );
}

function taskEntries(task: RunDetails["tasks"][number], people: RunDetails["people"]): Entry[] {
  const { title, openedAt, remindedAt, escalatedAt, claimedBy, delegations, votes, comments, decision } = task;
  const { outcomeTitles } = task;
  return [
    entry(openedAt, { kind: "task", title }),
    ...remindedAt.map((at) => entry(at, { kind: "reminded" })),
    ...escalatedAt.map((at) => entry(at, { kind: "escalated" })),
    ...(claimedBy === null ? [] : [entry(claimedBy.since, { kind: "claimed", by: claimedBy.name })]),
    ...delegations.map(({ kind, from, to, at }) => entry(at, { kind: "gave", how: kind, by: from.name, to: to.name })),
    ...comments.map(({ by, text, at }) => entry(at, { kind: "commented", by: by.name ?? by.id, text })),
    ...votes
      .filter(({ at }) => at !== decision?.decidedAt)
      .map(({ outcome, by, onBehalfOf, via, comment, at }) =>
        entry(at, {
          kind: "voted",
          outcome: outcomeTitles[outcome] ?? outcome,
          by: by.name ?? by.id,
          whom: onBehalfOf?.name,
          via,
          comment,
        }),
      ),
    ...(decision === null
      ? []
      : [
          entry(decision.decidedAt, {
            kind: "decided",
            outcome: outcomeTitles[decision.outcome] ?? decision.outcome,
            by: nameOf(people, decision.by),
            whom: votes.find(({ at }) => at === decision.decidedAt)?.onBehalfOf?.name,
            via: decision.via,
            comment: decision.comment,
          }),
        ]),
  ];
}

function incidentEntries(incident: RunDetails["incidents"][number], people: RunDetails["people"]): Entry[] {
  const { kind, openedAt, closedAt, resolution, resolvedBy } = incident;
  const action = resolution?.["action"];
  return [
    entry(openedAt, { kind: "incident", incident: kind }),
    ...(closedAt === null || typeof action !== "string"
      ? []
      : [entry(closedAt, { kind: "resolved", action, by: resolvedBy === null ? "" : nameOf(people, resolvedBy) })]),
  ];
}

const nameOf = (people: RunDetails["people"], { id }: { readonly id: string }): string => people[id] ?? id;
