import { Link } from "@tanstack/react-router";
import { Send } from "lucide-react";
import { useState, type JSX, type ReactNode } from "react";
import type { FlowDocument } from "@holdfast/dsl";
import { useMay } from "../../app/session.ts";
import { waitLength } from "../../canvas/wait-rail.ts";
import type { RunDetails } from "../../rpc/outputs.ts";
import { Button } from "../../ui/button.tsx";
import { Section } from "../../ui/section.tsx";
import { TimeRail } from "../../ui/time-rail.tsx";
import { dateText, durationText } from "../../ui/time.ts";
import { Value } from "../../ui/value.tsx";
import { useWords } from "../../words/use-words.tsx";
import { HistoryTab } from "./history-tab.tsx";
import { waitOf, type RunWait } from "./run-facts.ts";
import { SendEventDialog } from "./send-event-dialog.tsx";
import { SkipWaitDialog } from "./skip-wait-dialog.tsx";
import { askedBy } from "./value-tabs.tsx";
import { words } from "./words.ts";

export interface WaitTabProps {
  readonly details: RunDetails;
  readonly flow: FlowDocument;
  readonly node: string;
  readonly now: number;
}

const bold = (parts: ReactNode[]): ReactNode => <b className="font-medium">{parts}</b>;

/** How long it still waits, exactly what for, and what can be done about it. */
export function WaitTab({ details, flow, node, now }: WaitTabProps): JSX.Element | null {
  const t = useWords(words);
  const wait = waitOf(details, node);
  if (wait === undefined) return null;
  return (
    <>
      <TimeLeft wait={wait} details={details} params={flow.nodes[node]?.params} now={now} />
      <Section title={t("endsWhen")}>
        {wait.incidentId === null ? (
          <EndsWhen wait={wait} details={details} flow={flow} />
        ) : (
          <Link
            to="/incidents"
            search={{ incident: wait.incidentId }}
            className="font-medium text-incident-text underline"
          >
            {t("repairs")}
          </Link>
        )}
        <WaitActions wait={wait} details={details} flow={flow} />
      </Section>
      {(wait.taskId !== null || wait.outcomes.length > 0) && (
        <Section title={t("resolvedInput")}>
          <Value value={askedBy(details, wait)} />
        </Section>
      )}
      <HistoryTab details={details} node={node} />
    </>
  );
}

interface TimeLeftProps {
  readonly wait: RunWait;
  readonly details: RunDetails;
  readonly params: Readonly<Record<string, unknown>> | undefined;
  readonly now: number;
}

function TimeLeft({ wait, details, params, now }: TimeLeftProps): JSX.Element {
  const t = useWords(words);
  const from = Date.parse(wait.openedAt);
  const day = (time: number): string => dateText(new Date(time), new Date(now), t.language);
  if (wait.deadline === null) {
    return (
      <div className="border-b border-border px-4 py-3.5">
        <p className="text-20 font-semibold tracking-[-.015em] tabular-nums">{durationText(now - from, t.language)}</p>
        <p className="text-text-2">
          {t("since", { time: day(from) })}. {t("noDeadline")}
        </p>
      </div>
    );
  }
  const until = Date.parse(wait.deadline);
  const left = until - now;
  const total = waitLength(params?.["timeout"] ?? params?.["for"])?.segments ?? 10;
  const share = (time: number): number => ((time - from) / Math.max(1, until - from)) * total;
  const reminded = details.tasks.find(({ id }) => id === wait.taskId)?.remindedAt ?? [];
  const text = t(left < 0 ? "late" : "left", { time: durationText(left, t.language) });
  return (
    <div className="border-b border-border px-4 py-3.5">
      <div className="flex items-baseline justify-between gap-2">
        <p className="text-20 font-semibold tracking-[-.015em] tabular-nums">{text}</p>
        <p className="text-text-2">{t("until", { time: day(until) })}</p>
      </div>
      <TimeRail
        total={total}
        done={Math.max(0, Math.min(total, share(now)))}
        marks={reminded.map((time) => share(Date.parse(time)))}
        label={text}
        kind={left < 0 ? "over" : "live"}
        className="mt-2.5 mb-[9px] w-full"
      />
      <p className="flex justify-between gap-2 text-11 text-text-3 tabular-nums">
        <span>{day(from)}</span>
        {reminded.length > 0 && <span>{t("reminded", { time: day(Date.parse(reminded.at(-1) ?? "")) })}</span>}
      </p>
    </div>
  );
}

function EndsWhen({ wait, details, flow }: { wait: RunWait; details: RunDetails; flow: FlowDocument }): JSX.Element {
  const t = useWords(words);
  const task = details.tasks.find(({ id }) => id === wait.taskId);
  const first = task === undefined;
  const [outcome] = wait.outcomes;
  const match = Object.entries(outcome?.match ?? {});
  return (
    <dl className="grid grid-cols-[116px_1fr] gap-x-3 gap-y-[7px] text-12">
      {task !== undefined && (
        <>
          <dt className="text-text-3">{t("someoneDecides")}</dt>
          <dd>
            <Who assignTo={task.assignTo} />
            {task.notRequester && task.requester !== null && t("notWho", { name: task.requester })}
            <br />
            {task.claimedBy !== null && `${t("hasIt", { name: task.claimedBy.name })} `}
            <Link to="/inbox" search={{ task: task.id }} className="text-accent-text hover:underline">
              {t("openTask")}
            </Link>
          </dd>
        </>
      )}
      {wait.outcomes.length > 0 && (
        <>
          <dt className="text-text-3">{t("orEvent", { first: String(first) })}</dt>
          <dd className="min-w-0">
            {wait.outcomes.map(({ port, event }) => (
              <code key={port} className="block text-[11.5px] break-words">
                {event}
              </code>
            ))}
            {match.length > 0 && (
              <span className="text-text-2">
                {t.rich("withValues", {
                  values: (
                    <code className="text-[11.5px] break-words">
                      {match
                        .map(
                          ([path, value]) => `${path} = ${typeof value === "string" ? value : JSON.stringify(value)}`,
                        )
                        .join(", ")}
                    </code>
                  ),
                })}
                , {t("alsoBefore")}
              </span>
            )}
            {outcome?.where !== null && outcome?.where !== undefined && (
              <code className="block text-[11.5px] break-words text-text-2">{outcome.where}</code>
            )}
          </dd>
        </>
      )}
      {wait.children !== null && (
        <>
          <dt className="text-text-3">{t("childrenEnd", { ended: "", total: "" }).split(":")[0]}</dt>
          <dd>{t("ofChildren", { done: wait.children.ended, total: wait.children.total })}</dd>
        </>
      )}
      {wait.deadline !== null && (
        <>
          <dt className="text-text-3">{t("orTime", { first: String(first && wait.outcomes.length === 0) })}</dt>
          <dd>
            <AfterTime wait={wait} flow={flow} details={details} />
          </dd>
        </>
      )}
    </dl>
  );
}

function AfterTime({ wait, flow, details }: { wait: RunWait; flow: FlowDocument; details: RunDetails }): JSX.Element {
  const t = useWords(words);
  if (wait.endsBy !== null) return <>{t("stepGoesOn")}</>;
  const port = wait.kind === "event" ? "timeout" : "out";
  const next = details.derived?.edges.find((edge) => edge.from === wait.node && edge.port === port)?.to;
  if (next === undefined || next === "end") return <>{t("endsHere")}</>;
  return <>{t.rich("goesOn", { node: flow.nodes[next]?.name ?? next, b: bold })}</>;
}

function Who({ assignTo }: { readonly assignTo: RunDetails["tasks"][number]["assignTo"] }): JSX.Element {
  const t = useWords(words);
  const list = (names: readonly string[]): string =>
    new Intl.ListFormat(t.language, { type: "disjunction" }).format(names);
  const parts = [
    ...(assignTo.roles.length > 0 ? [t.rich("whoRoles", { roles: list(assignTo.roles), b: bold })] : []),
    ...(assignTo.groups.length > 0 ? [t.rich("whoGroups", { groups: list(assignTo.groups), b: bold })] : []),
    ...(assignTo.people.length > 0 ? [t.rich("whoPeople", { people: list(assignTo.people), b: bold })] : []),
  ];
  return (
    <>
      {parts.map((part, index) => (
        <span key={["roles", "groups", "people"][index]}>
          {index > 0 && ", "}
          {part}
        </span>
      ))}
    </>
  );
}

function WaitActions({
  wait,
  details,
  flow,
}: {
  wait: RunWait;
  details: RunDetails;
  flow: FlowDocument;
}): JSX.Element | null {
  const t = useWords(words);
  const maySend = useMay("event.send");
  const maySkip = useMay("run.operate");
  const [open, setOpen] = useState<"send" | "skip">();
  const close = (): void => setOpen(undefined);
  const sends = maySend && wait.outcomes.length > 0;
  const skips = maySkip && (wait.kind === "event" || wait.kind === "time");
  if (!sends && !skips) return null;
  return (
    <div className="mt-3 flex flex-wrap gap-2">
      {sends && (
        <Button size="sm" icon={Send} onClick={() => setOpen("send")}>
          {t("sendEvent")}
        </Button>
      )}
      {skips && (
        <Button size="sm" variant="ghost" onClick={() => setOpen("skip")}>
          {t("skipWait")}
        </Button>
      )}
      <SendEventDialog open={open === "send"} onClose={close} wait={wait} />
      <SkipWaitDialog open={open === "skip"} onClose={close} wait={wait} details={details} flow={flow} />
    </div>
  );
}
