import { useQuery } from "@tanstack/react-query";
import { CircleCheck, TriangleAlert } from "lucide-react";
import type { JSX, ReactNode } from "react";
import { PageTop } from "../../app/top-bar.tsx";
import { useTRPC } from "../../rpc/client.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { durationText } from "../../ui/time.ts";
import { useWords } from "../../words/use-words.tsx";
import { concernsOf, type Concern, type Health } from "./concerns.ts";
import { sizeText } from "./size-text.ts";
import { HealthTables } from "./tables.tsx";
import { words } from "./words.ts";

/** How the installation is: what is wrong first, then its figures. */
export function HealthPage(): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.health.get.queryOptions(undefined, { refetchInterval: 5_000 }));
  return (
    <>
      <PageTop title={t("title")} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        {data === undefined && error !== null && (
          <ErrorState title={t("failed")} error={error} retry={() => void refetch()} />
        )}
        {data === undefined && error === null && (
          <div className="hf-late flex flex-col gap-4 p-6">
            <Skeleton className="h-12 w-full" />
            <Skeleton className="h-40 w-full" />
          </div>
        )}
        {data !== undefined && (
          <div className="mx-auto flex max-w-[960px] flex-col gap-6 p-6 max-sm:p-4">
            <Verdict health={data} />
            <Figures health={data} />
            <HealthTables health={data} />
          </div>
        )}
      </div>
    </>
  );
}

function Verdict({ health }: { readonly health: Health }): JSX.Element {
  const t = useWords(words);
  const concerns = concernsOf(health);
  if (concerns.length === 0) {
    const working = health.workers.filter(({ alive, works }) => alive && works).length;
    return (
      <p className="flex items-center gap-2.5">
        <CircleCheck aria-hidden className="size-5 shrink-0 text-completed" strokeWidth={1.75} />
        <span>
          <b className="font-semibold">{t("well")}</b>{" "}
          <span className="text-text-2">{t("wellText", { n: working })}</span>
        </span>
      </p>
    );
  }
  return (
    <ul role="alert" className="flex flex-col gap-2 rounded-md border border-failed bg-failed-soft p-4">
      {concerns.map((concern) => (
        <li key={concern.kind} className="flex items-start gap-2.5 text-failed-text">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" strokeWidth={1.75} />
          <Sentence concern={concern} />
        </li>
      ))}
    </ul>
  );
}

function Sentence({ concern }: { readonly concern: Concern }): JSX.Element {
  const t = useWords(words);
  switch (concern.kind) {
    case "noWorker":
      return <>{t("noWorker")}</>;
    case "stranded":
      return <>{t("stranded", { n: concern.runs })}</>;
    case "lateTimer":
    case "lateJob":
      return <>{t(concern.kind, { time: durationText(concern.ms, t.language) })}</>;
  }
}

function Figures({ health }: { readonly health: Health }): JSX.Element {
  const t = useWords(words);
  const { queue, runs, timers, database } = health;
  const time = (ms: number | null): string => (ms === null ? t("nothing") : durationText(ms, t.language));
  const next = timers.nextAt === null ? null : Math.max(0, Date.parse(timers.nextAt) - Date.parse(health.now));
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(210px,1fr))] gap-x-6 gap-y-5">
      <Group title={t("runs")}>
        <Figure name={t("moving")} value={runs.moving} />
        <Figure name={t("strandedLabel")} value={runs.stranded} />
      </Group>
      <Group title={t("queue")}>
        <Figure name={t("queueWaiting")} value={queue.waiting} />
        <Figure name={t("queueLocked")} value={queue.locked} />
        <Figure name={t("queueFailed")} value={queue.failed} />
        <Figure name={t("oldest")} value={time(queue.oldestMs)} />
      </Group>
      <Group title={t("timers")}>
        <Figure name={t("timersTotal")} value={timers.total} />
        <Figure name={t("timersDue")} value={timers.due} />
        <Figure name={t("nextTimer")} value={time(next)} />
      </Group>
      <Group title={t("people")}>
        <Figure name={t("openTasks")} value={health.openTasks} />
        <Figure name={t("openIncidents")} value={health.openIncidents} />
      </Group>
      <Group title={t("database")}>
        <Figure name={t("dbVersion")} value={database.version} />
        <Figure name={t("dbSize")} value={sizeText(database.bytes, t.language)} />
        <Figure
          name={t("dbConnections")}
          value={t("ofMost", { n: database.connections, most: database.maxConnections })}
        />
        <Figure name={t("schema")} value={t("schemaValue", { n: health.migrations.length })} />
      </Group>
      <Group title={t("version")}>
        <Figure name={t("dbVersion")} value={health.version} />
        <Figure name={t("viewers")} value={health.viewers} />
        {health.aheadMs > 0 && (
          <Figure name={t("clock")} value={t("ahead", { time: durationText(health.aheadMs, t.language) })} />
        )}
      </Group>
    </div>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }): JSX.Element {
  return (
    <section>
      <h2 className="mb-1.5 border-b border-border pb-1 text-13 font-semibold">{title}</h2>
      <dl className="grid grid-cols-[1fr_auto] gap-x-3 gap-y-1 tabular-nums">{children}</dl>
    </section>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string | number }): JSX.Element {
  const t = useWords(words);
  return (
    <>
      <dt className="text-text-2">{name}</dt>
      <dd className="text-right">
        {typeof value === "number" ? new Intl.NumberFormat(t.language).format(value) : value}
      </dd>
    </>
  );
}
