import type { Json } from "@holdfast/dsl";
import { Link } from "@tanstack/react-router";
import type { JSX, ReactNode } from "react";
import type { RunDetails } from "../../rpc/outputs.ts";
import { ProgressBar } from "../../ui/progress-bar.tsx";
import { Section } from "../../ui/section.tsx";
import { Value } from "../../ui/value.tsx";
import { useWords } from "../../words/use-words.tsx";
import { DidSection } from "./did-section.tsx";
import { MaybeLarge } from "./maybe-large.tsx";
import { ModelSection } from "./model-section.tsx";
import { LiveTextView } from "./live-text-view.tsx";
import type { LiveTexts } from "./live-texts.ts";
import { progressOf, statusOf, UNDER_WAY, waitOf, type RunWait } from "./run-facts.ts";
import type { RunStep } from "./run-step.ts";
import type { Progress } from "./timeline.ts";
import { words } from "./words.ts";
import { failureText } from "../../words/step-errors.ts";

export interface ValueTabProps {
  readonly details: RunDetails;
  readonly node: string;
  /** Its attempts, in order. */
  readonly steps: readonly RunStep[];
}

/** The params that the last attempt ran with. */
export function InputTab({ details, node, steps }: ValueTabProps): JSX.Element {
  const t = useWords(words);
  const step = steps.findLast(({ input, large }) => input !== null || large.includes("input"));
  const wait = waitOf(details, node);
  if (step === undefined && wait !== undefined) {
    return (
      <Section title={t("resolvedInput")}>
        <Value value={askedBy(details, wait)} />
      </Section>
    );
  }
  if (step === undefined) {
    const over = statusOf(details, node) === "completed";
    return <Quiet>{t(over ? "noInput" : "notYetInput")}</Quiet>;
  }
  return (
    <Section title={t("resolvedInput")}>
      <MaybeLarge run={details.run.id} step={step} part="input" />
    </Section>
  );
}

/** What an open wait has asked and looks for. Its params are recorded with its end. */
export function askedBy(details: RunDetails, { taskId, outcomes, endsBy }: RunWait): Json {
  const task = details.tasks.find(({ id }) => id === taskId);
  return {
    ...(task === undefined ? {} : { inbox: { title: task.title, context: task.context } }),
    outcomes:
      endsBy !== null && outcomes.length === 0
        ? endsBy
        : outcomes.map(({ port, event, match }) => ({ port, event, match: { ...match } })),
  };
}

export interface OutputTabProps extends ValueTabProps {
  /** What models are writing in it. */
  readonly texts: LiveTexts;
}

/** What it gave, or why it failed; until then what can be seen of it by now. */
export function OutputTab({ details, node, steps, texts }: OutputTabProps): JSX.Element {
  const t = useWords(words);
  const status = statusOf(details, node);
  const last = steps.at(-1);
  if (status === "skipped") return <Quiet>{t("skippedText")}</Quiet>;
  if (UNDER_WAY.has(status) && texts.length > 0) return <LiveTextView texts={texts} />;
  const progress = progressOf(details, node);
  if (progress !== undefined) return <ProgressSection name={node} progress={progress} />;
  const failure =
    status === "failed" || status === "incident" ? steps.findLast(({ error }) => error !== null) : undefined;
  const incident = details.incidents.find((each) => each.node === node && each.status === "open");
  const offline = last?.meta?.["offline"] === true;
  const models = details.models[node];
  return (
    <>
      {failure?.error !== null && failure?.error !== undefined && (
        <Section title={t("error")}>
          <p className="text-13 text-failed-text">{failureText(failure.error)}</p>
          <p className="mt-1 text-12 text-text-3">
            {t("errorCode")} <code>{failure.error.code}</code>
          </p>
        </Section>
      )}
      {incident !== undefined && (
        <div className="border-b border-border bg-incident-soft px-4 py-3">
          <Link to="/incidents" search={{ incident: incident.id }} className="font-medium text-incident-text underline">
            {t("repairs")}
          </Link>
        </div>
      )}
      {last !== undefined && last.status === "completed" ? (
        <Section title={t("output")}>
          <MaybeLarge run={details.run.id} step={last} part="output" />
          {offline && <p className="mt-2 text-12 text-text-3">{t("offline")}</p>}
          {models === undefined && <Usage step={last} />}
        </Section>
      ) : (
        failure === undefined && <Quiet>{t("noOutput")}</Quiet>
      )}
      <DidSection details={details} node={node} />
      {models !== undefined && <ModelSection models={models} />}
    </>
  );
}

function ProgressSection({ name, progress }: { readonly name: string; readonly progress: Progress }): JSX.Element {
  const t = useWords(words);
  const { part, note } = progress;
  return (
    <Section title={t("progress", { part })}>
      <ProgressBar part={part} label={t("progressOf", { name, note: note ?? "none" })} />
      {note !== null && <p className="mt-2 text-text-2">{note}</p>}
    </Section>
  );
}

function Usage({ step }: { readonly step: RunStep }): JSX.Element | null {
  const t = useWords(words);
  const usage = step.meta?.["usage"];
  const model = step.meta?.["model"];
  if (typeof usage !== "object" || usage === null || Array.isArray(usage)) return null;
  const { inputTokens, outputTokens } = usage;
  if (typeof inputTokens !== "number" || typeof outputTokens !== "number") return null;
  return (
    <p className="mt-2 text-12 text-text-3 tabular-nums">
      {typeof model === "string" && <>{model}, </>}
      {t("usage", { input: inputTokens, output: outputTokens })}
    </p>
  );
}

const Quiet = ({ children }: { readonly children: ReactNode }): JSX.Element => (
  <p className="px-4 py-3.5 text-text-2">{children}</p>
);
