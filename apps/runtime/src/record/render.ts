/**
 * A record as one page that stands by itself: no scripts, no other files, nothing that is fetched; it prints well and
 * can be kept for years. Whatever came from outside is escaped.
 */
import { hash } from "node:crypto";
import type { Json } from "@holdfast/dsl";
import { type Actor, parseActor } from "../actor/actor.ts";
import type { AuditEntry } from "../read/audit-view.ts";
import type { TaskView } from "../read/task-view.ts";
import { Html, markup } from "./html.ts";
import type { RecordedStep, RecordedWait, RunRecord } from "./run-record.ts";
import { STYLE } from "./style.ts";
import { type Language, recordWords, type RecordWords } from "./words.ts";

export interface RenderOptions {
  readonly language: Language;
  /** IANA name. */
  readonly timeZone: string;
  /** Milliseconds since the epoch. */
  readonly madeAt: number;
}

interface Tools {
  readonly t: RecordWords;
  readonly record: RunRecord;
  readonly time: (iso: string | null) => Html;
  readonly name: (actor: Actor) => string;
}

export function renderRecord(record: RunRecord, { language, timeZone, madeAt }: RenderOptions): string {
  const t = recordWords(language);
  const format = new Intl.DateTimeFormat(language, {
    timeZone,
    ...({ year: "numeric", month: "short", day: "numeric" } as const),
    ...({ hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false } as const),
  });
  const tools: Tools = {
    t,
    record,
    time: (iso) => (iso === null ? markup`` : markup`<time datetime="${iso}">${format.format(new Date(iso))}</time>`),
    name: (actor) => record.people[actor.id] ?? `${actor.kind} ${actor.id}`,
  };
  const { run } = record;
  return markup`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light">
<title>${t("title")}: ${run.flowName}, ${run.id}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<header><p class="kind">Holdfast · ${t("title")}</p>
<h1>${run.flowName}</h1>
<p>${t("madeAt")} ${tools.time(new Date(madeAt).toISOString())}. ${t("times")} ${timeZone}.</p></header>
<main>
${about(tools)}
<section><h2>${t("asked")}</h2>${value(t, run.input)}</section>
${result(tools)}
${section(
  t("waits"),
  record.waits.filter(({ kind }) => kind !== "incident").map((each) => wait(tools, each)),
  t("noWaits"),
)}
${section(
  t("steps"),
  record.steps.map((each, index) => step(tools, each, index)),
  t("noSteps"),
)}
${incidents(tools)}
${children(tools)}
${audit(tools)}
</main>
</body>
</html>
`.text;
}

function section(title: string, parts: readonly Html[], none: string): Html {
  return markup`<section><h2>${title}</h2>${parts.length === 0 ? markup`<p>${none}</p>` : parts}</section>`;
}

/** Rows of a name and what it is; without what is not there. */
function facts(rows: readonly (readonly [string, Html | string | null])[]): Html {
  const shown = rows.filter(([, said]) => said !== null && said !== "");
  return markup`<dl>${shown.map(([name, said]) => markup`<dt>${name}</dt><dd>${said}</dd>`)}</dl>`;
}

function about({ t, record, time, name }: Tools): Html {
  const { run } = record;
  const published = markup`${run.flow}, ${t("version")} ${run.version}, ${t("publishedBy")} ${name(parseActor(record.publishedBy))}, ${time(record.publishedAt)}`;
  return markup`<section>${facts([
    [t("run"), markup`<code>${run.id}</code>`],
    [t("status"), t.state(run.status)],
    [t("flow"), published],
    [t("documentHash"), markup`<code>${record.hash}</code>`],
    [t("workspace"), record.workspace],
    [t("began"), time(run.startedAt)],
    [t("ended"), run.finishedAt === null ? t("notEnded") : time(run.finishedAt)],
    [t("startedBy"), name(run.actor)],
    [t("requester"), run.requester],
    [t("models"), run.models === null ? null : modelsText(run.models, t)],
  ])}</section>`;
}

/** What its questions to language models took. */
function modelsText(
  { calls, tokens, costUsd, unpriced }: NonNullable<RunRecord["run"]["models"]>,
  t: Tools["t"],
): string {
  const number = new Intl.NumberFormat(t.language);
  return [
    `${t("modelCalls")} ${number.format(calls)}`,
    `${t("modelTokens")} ${number.format(tokens)}`,
    ...(costUsd === null ? [] : [`${t("modelCost")} $${costUsd}`]),
    ...(unpriced === 0 ? [] : [`${t("modelsUnpriced")} ${number.format(unpriced)}`]),
  ].join(", ");
}

function result({ t, record: { run } }: Tools): Html {
  if (run.error !== null) {
    return markup`<section><h2>${t("result")}</h2><p>${t("error")} <code>${run.error.code}</code>: ${run.error.message}</p></section>`;
  }
  return run.finishedAt === null ? markup`` : markup`<section><h2>${t("result")}</h2>${value(t, run.output)}</section>`;
}

function step({ t, time }: Tools, each: RecordedStep, index: number): Html {
  const { nodeName, node, call, attempt, status, port, startedAt, finishedAt, input, output, error } = each;
  const which = [call === "main" ? "" : call, attempt > 1 ? `${t("attempt")} ${attempt}` : ""]
    .filter(Boolean)
    .join(", ");
  return markup`<article>
<h3>${index + 1}. ${nodeName} <small>${node}${which === "" ? "" : ` · ${which}`} · ${t.state(status)}${port === null ? "" : ` · ${t("leftBy")} ${port}`}</small></h3>
${facts([
  [t("began"), time(startedAt)],
  [t("took"), finishedAt === null ? null : took(t.language, Date.parse(finishedAt) - Date.parse(startedAt))],
  [t("error"), error === null ? null : markup`<code>${error.code}</code>: ${error.message}`],
  [t("input"), input === null ? null : value(t, input)],
  [t("output"), output === null ? null : value(t, output)],
])}</article>`;
}

function wait(tools: Tools, each: RecordedWait): Html {
  const { t, time } = tools;
  return markup`<article>
<h3>${each.nodeName} <small>${each.node} · ${t.state(each.status)}${each.port === null ? "" : ` · ${t("leftBy")} ${each.port}`}</small></h3>
${facts([
  [t("opened"), time(each.openedAt)],
  [t("deadline"), each.deadline === null ? null : time(each.deadline)],
  [t("ended"), each.closedAt === null ? t("stillOpen") : time(each.closedAt)],
  [t("endedBy"), each.closedAt === null ? null : ending(tools, each)],
  [t("data"), each.task !== null || each.output === null ? null : value(t, each.output)],
])}
${each.task === null ? "" : task(tools, each.task)}</article>`;
}

function ending({ t, time, name }: Tools, { status, kind, event, task: asked, output }: RecordedWait): Html {
  if (event !== null) {
    const { name: called, by, at } = event;
    return markup`${t("endedByEvent")} <code>${called}</code>, ${t("sentBy")} ${name(parseActor(by))}, ${time(at)}`;
  }
  if (status === "expired") return markup`${t("endedByDeadline")}`;
  if (status === "canceled") return markup`${t("endedByCancel")}`;
  if (viaOf(output) === "skip") return markup`${t("endedByHand")}`;
  return asked?.decision !== null && asked?.decision !== undefined
    ? markup`${t("endedByDecision")}`
    : markup`${kind === "event" ? t("endedByHand") : t("endedByItself")}`;
}

function viaOf(output: Json): Json {
  return typeof output === "object" && output !== null && !Array.isArray(output) ? (output["via"] ?? null) : null;
}

function task(tools: Tools, asked: TaskView): Html {
  const { t, record, time, name } = tools;
  const { decision } = asked;
  const seen = record.audit.findLast(({ action, target }) => action === "task.decide" && target === `task:${asked.id}`);
  const saw = sawOf(seen) ?? { context: asked.context, prefill: asked.prefill };
  const who = (actor: Actor & { readonly name?: string | null }): string => actor.name ?? name(actor);
  const many = asked.votes.length > 1 ? asked.votes : [];
  return markup`${facts([
    [
      t("question"),
      markup`<strong>${asked.title}</strong>${asked.description === null ? "" : markup`<br>${asked.description}`}`,
    ],
    [t("mayDecide"), mayDecide(t, asked)],
    [t("saw"), markup`${value(t, saw)}${asked.aiOffline ? markup`<p>${t("offline")}</p>` : ""}`],
    [
      t("decision"),
      decision === null
        ? null
        : markup`<strong>${decision.outcome}</strong> · ${t("by")} ${seen?.name ?? name(decision.by)}${
            decision.onBehalfOf === null
              ? ""
              : `, ${t("onBehalfOf")} ${record.people[decision.onBehalfOf] ?? decision.onBehalfOf}`
          } · ${t("via")} ${decision.via} · ${time(decision.decidedAt)}`,
    ],
    [t("comment"), decision?.comment ?? null],
    [t("data"), decision === null || decision.data === null ? null : value(t, decision.data)],
    [t("changed"), decision === null || decision.diff.length === 0 ? null : changes(t, decision.diff)],
    [
      t("votes"),
      list(many, (vote) => markup`${vote.outcome} · ${who(vote.by)} · ${vote.via} · ${time(vote.at)} ${vote.comment}`),
    ],
    [t("comments"), list(asked.comments, (said) => markup`${who(said.by)}, ${time(said.at)}: ${said.text}`)],
    [t("files"), list(asked.files, (file) => markup`${file.name} (${file.size} B), ${who(file.by)}, ${time(file.at)}`)],
    [
      t("delegations"),
      list(
        asked.delegations,
        ({ to, from, kind, at, reason }) => markup`${to.name} ${t(kind)} ${from.name}, ${time(at)} ${reason}`,
      ),
    ],
  ])}`;
}

function list<Item>(items: readonly Item[], show: (item: Item) => Html): Html | null {
  return items.length === 0 ? null : markup`<ul>${items.map((item) => markup`<li>${show(item)}</li>`)}</ul>`;
}

function sawOf(entry: AuditEntry | undefined): Json | undefined {
  const after = entry?.after;
  return typeof after === "object" && after !== null && !Array.isArray(after) ? after["saw"] : undefined;
}

function mayDecide(t: RecordWords, { assignTo: { people, roles, groups } }: TaskView): string {
  const said = [
    [t("people"), people],
    [t("roles"), roles],
    [t("groups"), groups],
  ] as const;
  const named = said.filter(([, names]) => names.length > 0).map(([kind, names]) => `${kind}: ${names.join(", ")}`);
  return named.length === 0 ? t("everybody") : named.join("; ");
}

function changes(t: RecordWords, diff: NonNullable<TaskView["decision"]>["diff"]): Html {
  const shown = (said: Json | undefined): string => (said === undefined ? t("absent") : JSON.stringify(said));
  return markup`<ul>${diff.map(({ pointer, before, after }) => markup`<li><code>${pointer}</code>: <del>${shown(before)}</del> → <ins>${shown(after)}</ins></li>`)}</ul>`;
}

function incidents({ t, record, time, name }: Tools): Html {
  if (record.incidents.length === 0) return markup``;
  const cards = record.incidents.map(
    (each) =>
      markup`<article><h3>${each.nodeName} <small>${each.kind} · ${t.state(each.status)}</small></h3>${facts([
        [t("opened"), time(each.openedAt)],
        [t("error"), markup`<code>${each.error.code}</code>: ${each.error.message}`],
        [
          t("resolved"),
          each.closedAt === null
            ? null
            : markup`${time(each.closedAt)}${each.resolvedBy === null ? "" : `, ${t("by")} ${name(each.resolvedBy)}`} ${
                each.resolution === null ? "" : value(t, each.resolution)
              }`,
        ],
      ])}</article>`,
  );
  return section(t("incidents"), cards, "");
}

function children({ t, record }: Tools): Html {
  if (record.children.length === 0) return markup``;
  const rows = record.children.map(({ nodeName, total, counts }) => {
    const each = Object.entries(counts).map(([status, count]) => `${t.state(status)} ${count}`);
    return markup`<li>${nodeName}: ${total} (${each.join(", ")})</li>`;
  });
  return markup`<section><h2>${t("children")}</h2><ul>${rows}</ul><p>${t("childrenAre")}</p></section>`;
}

function audit({ t, record, time, name }: Tools): Html {
  if (record.audit.length === 0) return section(t("audit"), [], t("noAudit"));
  const rows = record.audit.map(
    (entry) => markup`<tr><td>${entry.id}</td><td>${time(entry.at)}</td><td>${entry.name ?? name(entry.actor)}</td>
<td>${entry.action}<br><small>${entry.target}</small></td><td>${entry.door}</td><td><code>${entry.hash}</code></td></tr>`,
  );
  return markup`<section><h2>${t("audit")}</h2>
<table><thead><tr><th>${t("entry")}</th><th>${t("at")}</th><th>${t("who")}</th><th>${t("action")}</th><th>${t("door")}</th><th>${t("hash")}</th></tr></thead>
<tbody>${rows}</tbody></table>
<h3>${t("proof")}</h3>${proof({ t, record, time })}<p>${t("howTo")}</p></section>`;
}

function proof({ t, record, time }: Pick<Tools, "t" | "record" | "time">): Html {
  const last = record.heads.at(-1);
  if (last === undefined) return markup`<p>${t("noHead")}</p>`;
  const newest = Number(record.audit.at(-1)?.id ?? 0);
  return markup`${record.heads.map(
    (head) => markup`<p>${t("covered", { seq: String(head.seq), key: head.keyId })} ${time(head.at)}.<br>
${t("hash")} <code>${head.hash}</code><br>${t("signature")} <code>${head.signature}</code></p>`,
  )}${newest > last.seq ? markup`<p>${t("uncovered", { seq: String(last.seq) })}</p>` : ""}`;
}

/** Longer values are cut, and told by their hash. Characters. */
const LONGEST = 20_000;

function value(t: RecordWords, said: Json): Html {
  const text = typeof said === "string" ? said : JSON.stringify(said, null, 2);
  if (text.length <= LONGEST) return markup`<pre>${text}</pre>`;
  const cut = t("cut", { count: String(text.length - LONGEST), hash: hash("sha256", text) });
  return markup`<pre>${text.slice(0, LONGEST)}</pre><p>${cut}</p>`;
}

const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1_000],
] as const;

/** The two largest units, in the reader's language. */
function took(language: Language, ms: number): string {
  const say = (amount: number, unit: string): string =>
    new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 0 }).format(
      amount,
    );
  const first = UNITS.findIndex(([, length]) => ms >= length);
  if (first === -1) return say(ms, "millisecond");
  const parts: string[] = [];
  let left = ms;
  for (const [unit, length] of UNITS.slice(first, first + 2)) {
    const amount = Math.floor(left / length);
    left -= amount * length;
    if (amount > 0) parts.push(say(amount, unit));
  }
  return parts.join(" ");
}
