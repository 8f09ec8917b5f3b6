import type { FlowDocument } from "@holdfast/dsl";
import { Link } from "@tanstack/react-router";
import type { JSX, ReactNode } from "react";
import type { RunDetails } from "../../rpc/outputs.ts";
import { durationText } from "../../ui/time.ts";
import { useWords } from "../../words/use-words.tsx";
import { readable } from "../../values/readable.ts";
import { columnText } from "../runs/standing.ts";
import { ModelNotes, ModelTotals } from "./model-sums.tsx";
import { BAR } from "./timeline-bars.tsx";
import type { Bar, Timeline } from "./timeline.ts";
import { cx } from "../../ui/cx.ts";
import { words } from "./words.ts";
import { failureText } from "../../words/step-errors.ts";

const LEGEND = [
  ["work", "work"],
  ["failed", "failedTry"],
  ["waiting", "waiting"],
  ["ahead", "untilDeadline"],
] as const satisfies readonly (readonly [Bar["kind"], string])[];

export interface RunAboutProps {
  readonly details: RunDetails;
  readonly flow: FlowDocument;
  readonly timeline: Timeline;
}

/** What the run is about, what the marks say, and its sums. */
export function RunAbout({ details, flow, timeline }: RunAboutProps): JSX.Element {
  const t = useWords(words);
  const { run } = details;
  const bold = (parts: ReactNode[]): ReactNode => <b className="font-semibold text-text tabular-nums">{parts}</b>;
  return (
    <div className="shrink-0 border-t border-border">
      <section className="px-3.5 py-3">
        <h2 className="mb-1.5 text-13 font-semibold">{t("about")}</h2>
        <dl className="grid grid-cols-[84px_1fr] gap-x-2.5 gap-y-1 text-12">
          {Object.entries(run.columns).map(([name, value]) => (
            <Fact key={name} name={readable(name)}>
              {columnText(value, t.language)}
            </Fact>
          ))}
          <Fact name={t("aboutFlow")}>
            <FlowLinks run={run} />
          </Fact>
          <Fact name={t("startedBy")}>
            <StartedBy details={details} />
          </Fact>
          {run.requester !== null && <Fact name={t("requester")}>{run.requester}</Fact>}
          {run.error !== null && (
            <Fact name={t("failure")}>
              <span className="text-failed-text">{failureText(run.error)}</span>
            </Fact>
          )}
        </dl>
      </section>
      <div className="flex flex-wrap items-center gap-x-3.5 gap-y-1 border-t border-border px-3.5 py-2.5 text-11 text-text-2">
        {LEGEND.map(([kind, name]) => (
          <span key={kind} className="flex items-center gap-1.5">
            <span aria-hidden className={cx("h-2.5 w-[18px] rounded-[2px]", BAR[kind])} />
            {t(name)}
          </span>
        ))}
      </div>
      <div className="border-t border-border px-3.5 pt-3 pb-3.5 text-12 text-text-2">
        <p className="flex flex-wrap gap-x-4">
          <span>{t.rich("ofWork", { b: bold, time: durationText(timeline.worked, t.language) })}</span>
          <span>{t.rich("ofWaiting", { b: bold, time: durationText(timeline.waited, t.language) })}</span>
          {run.models !== null && <ModelTotals models={run.models} />}
        </p>
        <ModelNotes details={details} flow={flow} />
        {run.status === "waiting" && <p className="mt-1.5 text-text-3">{t("waitsFree")}</p>}
      </div>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }): JSX.Element {
  return (
    <>
      <dt className="truncate text-text-3">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

/** The way back from a run to what it runs. */
function FlowLinks({ run }: { run: RunDetails["run"] }): JSX.Element {
  const t = useWords(words);
  const params = { flow: run.flow };
  const look = "text-accent-text hover:underline";
  return (
    <>
      <Link to="/flows/$flow" params={params} search={{}} className={look}>
        {t("openFlow")}
      </Link>
      {" · "}
      <Link to="/flows/$flow/versions" params={params} search={{ b: run.version }} className={look}>
        {t("openVersion", { version: run.version })}
      </Link>
    </>
  );
}

function StartedBy({ details }: { details: RunDetails }): JSX.Element {
  const t = useWords(words);
  const { run, event } = details;
  if (run.parent !== null) {
    const { runId, node, iteration } = run.parent;
    const link = (parts: ReactNode[]): ReactNode => (
      <Link to="/runs/$run" params={{ run: runId }} search={{ node }} className="text-accent-text hover:underline">
        {parts}
      </Link>
    );
    return <>{t.rich("byParent", { n: iteration + 1, node, e: link })}</>;
  }
  if (event !== null) {
    const link = (parts: ReactNode[]): ReactNode => (
      <Link to="/events/$event" params={{ event: event.id }} className="font-mono text-accent-text hover:underline">
        {parts}
      </Link>
    );
    return <>{t.rich("byEvent", { name: event.name, e: link })}</>;
  }
  const name = details.people[run.actor.id];
  return <>{name === undefined ? t("byCall") : t("byPerson", { name })}</>;
}
