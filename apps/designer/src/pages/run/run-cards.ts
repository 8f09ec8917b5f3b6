/** How each card and edge of a run looks on its frozen version. */
import { isJsonObject, type NodeSpec } from "@holdfast/dsl";
import { cardStateOf } from "../../canvas/card-state.ts";
import type { CanvasEdge, CardView, EdgeView } from "../../canvas/card-view.ts";
import { resolvedSentence } from "../../canvas/resolved-sentence.ts";
import { waitLength } from "../../canvas/wait-rail.ts";
import type { RunDetails } from "../../rpc/outputs.ts";
import { STATUS_ICON, STATUS_TONE } from "../../ui/status-mark.tsx";
import { durationText, localeOf } from "../../ui/time.ts";
import type { Translate } from "../../words/use-words.tsx";
import { type LiveTexts, tailOf, textsOf } from "./live-texts.ts";
import { progressOf, statusOf, stepsOf, UNDER_WAY, waitOf, type RunWait } from "./run-facts.ts";
import type { NodeStatus, Progress } from "./timeline.ts";
import type { words } from "./words.ts";
import { failureText } from "../../words/step-errors.ts";

type T = Translate<keyof (typeof words)["en"]>;

export interface CardContext {
  readonly details: RunDetails;
  readonly spec: (id: string) => NodeSpec | undefined;
  readonly now: number;
  readonly texts: LiveTexts;
  readonly t: T;
}

export function cardOf(id: string, context: CardContext): CardView | undefined {
  const { details, t } = context;
  if (id === "start") {
    const time = new Intl.DateTimeFormat(localeOf(t.language), { timeStyle: "medium" }).format(
      new Date(details.run.startedAt),
    );
    return { state: "completed", badge: { tone: "completed", icon: STATUS_ICON.completed, text: time } };
  }
  const status = statusOf(details, id);
  const wait = waitOf(details, id);
  const writing = UNDER_WAY.has(status) ? textsOf(context.texts, id) : [];
  const progress = progressOf(details, id);
  const text = badgeText(id, status, context);
  return {
    state: cardStateOf(status),
    ...(text === undefined ? {} : { badge: { tone: STATUS_TONE[status], icon: STATUS_ICON[status], text } }),
    ...sentenceOf(id, status, context),
    ...(progress === undefined ? {} : progressView(id, progress, context)),
    ...(writing.length === 0 ? {} : liveView(writing, t)),
    ...(wait === undefined ? {} : railOf(wait, id, context)),
    ports: portsOf(id, details),
    ...countOf(id, context),
  };
}

/** What it says it is doing takes the place of what it was told to do. */
function progressView(id: string, { part, note }: Progress, { spec, t }: CardContext): Partial<CardView> {
  const label = t("progressOf", { name: spec(id)?.name ?? id, note: note ?? "none" });
  return {
    badge: { tone: "running", icon: STATUS_ICON.running, text: t("percent", { part }) },
    ...(note === null ? {} : { sentence: note.replaceAll("**", "") }),
    progress: { part, label },
  };
}

/** What failed is void: the card says so, and shows none of it. */
function liveView(writing: LiveTexts, t: T): Partial<CardView> {
  const ended = writing.at(-1)?.ended ?? null;
  if (ended === "failed") return { sentence: t("ai_failed") };
  const text = t(ended === null ? "aiWriting" : "ai_answered");
  return { badge: { tone: "running", icon: STATUS_ICON.running, text }, live: tailOf(writing) };
}

export function edgeOf(edge: Pick<CanvasEdge, "from" | "port" | "to">, details: RunDetails): EdgeView {
  const found = details.derived?.edges.find(
    ({ from, port, to }) => from === edge.from && port === edge.port && to === edge.to,
  );
  return { state: found?.status ?? "pending" };
}

/** "2 tries, 3.9 s", the outcome where there is a choice, or how long it has waited. */
function badgeText(id: string, status: NodeStatus, { details, now, t }: CardContext): string | undefined {
  const steps = stepsOf(details, id);
  const last = steps.at(-1);
  const first = steps[0];
  if (status === "pending") return undefined;
  if (status === "waiting") {
    const wait = waitOf(details, id);
    return wait === undefined ? t("status_waiting") : durationText(now - Date.parse(wait.openedAt), t.language);
  }
  if (status !== "completed" || last === undefined || first === undefined) return t(`status_${status}`);
  if (last.port !== null && last.port !== "out") return last.port;
  const took = durationText(Date.parse(last.finishedAt ?? last.startedAt) - Date.parse(first.startedAt), t.language);
  return steps.length > 1 ? t("triesTook", { n: steps.length, took }) : took;
}

/** The error is the sentence of what failed; else it says what was done, with the values. */
function sentenceOf(id: string, status: NodeStatus, context: CardContext): Pick<CardView, "sentence"> {
  const { details, t } = context;
  if (status === "incident") {
    const incident = details.incidents.find(({ node, status: state }) => node === id && state === "open");
    return incident === undefined ? {} : { sentence: t(`incident_${incident.kind}`) };
  }
  const error = status === "failed" ? stepsOf(details, id).at(-1)?.error : undefined;
  return error === null || error === undefined ? resolvedOf(id, context) : { sentence: failureText(error) };
}

/** With what the last attempt ran; of an open wait with what its task says. What is too large to be here stays a template. */
function resolvedOf(id: string, { details, spec: specOf, t }: CardContext): Pick<CardView, "sentence"> {
  const spec = specOf(id);
  const manifest = details.manifests.find(({ type }) => type === spec?.type);
  if (spec === undefined || manifest === undefined) return {};
  const given = stepsOf(details, id).findLast(({ input }) => isJsonObject(input))?.input;
  const params = isJsonObject(given) ? given : askedParams(id, spec, details);
  return params === undefined
    ? {}
    : { sentence: resolvedSentence(manifest, { ...spec.params, ...params }, t.language) };
}

function askedParams(id: string, { params }: NodeSpec, details: RunDetails): NodeSpec["params"] | undefined {
  const task = details.tasks.find(({ id: own }) => own === waitOf(details, id)?.taskId);
  const inbox = params["inbox"];
  return task === undefined || !isJsonObject(inbox) ? undefined : { inbox: { ...inbox, title: task.title } };
}

const DAY = 86_400_000;

function railOf(wait: RunWait, id: string, { details, now, spec, t }: CardContext): Pick<CardView, "rail"> {
  if (wait.deadline === null) return {};
  const from = Date.parse(wait.openedAt);
  const until = Date.parse(wait.deadline);
  const task = details.tasks.find(({ node, status }) => node === id && status === "open");
  const params = spec(id)?.params;
  const planned = waitLength(params?.["timeout"] ?? params?.["for"]);
  const total = planned?.segments ?? 10;
  const share = (time: number): number => ((time - from) / Math.max(1, until - from)) * total;
  const left = until - now;
  const long = until - from >= DAY;
  const end = new Intl.DateTimeFormat(
    localeOf(t.language),
    long ? { day: "numeric", month: "short" } : { hour: "2-digit", minute: "2-digit" },
  ).format(until);
  return {
    rail: {
      total,
      done: Math.max(0, Math.min(total, share(now))),
      marks: (task?.remindedAt ?? []).map((time) => share(Date.parse(time))),
      left: t(left < 0 ? "late" : "left", { time: durationText(left, t.language) }),
      right: end,
      late: left < 0,
    },
  };
}

function portsOf(id: string, details: RunDetails): NonNullable<CardView["ports"]> {
  const edges = (details.derived?.edges ?? []).filter(({ from }) => from === id);
  const left = details.derived?.nodes[id]?.port;
  const ports = Object.fromEntries(
    edges.map(({ port, status }) => [port, { taken: status === "taken", skipped: status === "skipped" }]),
  );
  return left === null || left === undefined ? ports : { ...ports, [left]: { taken: true, skipped: false } };
}

function countOf(id: string, { details, t }: CardContext): Pick<CardView, "count"> {
  const children = details.children.find(({ node }) => node === id);
  if (children === undefined) return {};
  const { completed = 0, failed = 0, canceled = 0 } = children.counts;
  return { count: t("ofChildren", { done: completed + failed + canceled, total: children.total }) };
}
