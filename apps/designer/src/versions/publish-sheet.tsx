import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleCheck, CircleX } from "lucide-react";
import { useMemo, useState, type JSX, type ReactNode } from "react";
import { useStore } from "zustand";
import { changesBetween } from "@holdfast/dsl";
import { useMay } from "../app/session.ts";
import type { OpenDraft } from "../draft/use-draft.ts";
import { useTRPC } from "../rpc/client.ts";
import type { Outputs } from "../rpc/outputs.ts";
import { Button } from "../ui/button.tsx";
import { Sheet } from "../ui/dialog.tsx";
import { codeOf, explain } from "../ui/problem.ts";
import { Skeleton } from "../ui/skeleton.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { done } from "../ui/toast.ts";
import { useLanguage, useWords } from "../words/use-words.tsx";
import { Blocking, NothingToPublish } from "./publish-states.tsx";
import { changeGroups, type ChangeGroup } from "./change-groups.ts";
import { ChangeRows, ChangeSign } from "./change-list.tsx";
import { words } from "./sheet-words.ts";
import { LiveMoved } from "./live-moved.tsx";
import { firstSummary, writeSummary } from "./summary.ts";

export interface PublishSheetProps {
  readonly flow: string;
  readonly draft: OpenDraft;
  readonly onClose: () => void;
  /** To a card with a problem. */
  readonly onGoTo: (node: string | undefined) => void;
}

/** Nothing where the draft is as what is live; else all that publishing would do. */
export function PublishSheet(props: PublishSheetProps): JSX.Element {
  const live = useVersions(props.flow)?.find((one) => one.live);
  const { base, baseVersion, store } = props.draft;
  const after = useStore(store, ({ flow }) => flow);
  const same = useMemo(() => base !== null && changesBetween(base, after).length === 0, [base, after]);
  if (same && live !== undefined && live.version === baseVersion) {
    return <NothingToPublish version={live.version} onClose={props.onClose} />;
  }
  return <Publishing {...props} />;
}

/** What publishing would change, what stands in its way, and what waiting runs do. */
function Publishing(props: PublishSheetProps): JSX.Element {
  const { flow, draft, onClose, onGoTo } = props;
  const t = useWords(words);
  const language = useLanguage();
  const { after, groups } = useGroups(draft);
  const issues = useMemo(() => draft.store.getState().check(), [draft.store, after]);
  const errors = issues.filter(({ severity }) => severity === "error");
  const versions = useVersions(flow);
  const version = 1 + Math.max(0, draft.baseVersion ?? 0, ...(versions ?? []).map((one) => one.version));
  const written = draft.base === null ? firstSummary(after, language) : writeSummary(groups, language);
  const [note, setNote] = useState<string>();
  const tried = useScenarios(flow, draft, (after.tests ?? []).length);
  const live = versions?.find((one) => one.live);
  const publish = usePublish(props, {
    note: note ?? written,
    ...(versions !== undefined && { replaces: live?.version ?? null }),
  });
  const mayPublish = useMay("flow.publish");
  const failing = tried.failing;
  return (
    <Sheet
      open
      onClose={onClose}
      title={t("title", { version })}
      size="md"
      footer={
        <>
          {!mayPublish && <span className="mr-auto self-center text-12 text-text-3">{t("noRight")}</span>}
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            variant={failing > 0 ? "danger" : "primary"}
            disabled={!mayPublish || errors.length > 0 || publish.isPending || tried.isPending}
            onClick={() => publish.mutate(failing > 0)}
          >
            {failing > 0 ? t("despite", { failed: failing }) : t("publish", { version })}
          </Button>
        </>
      }
    >
      <Refused error={publish.error} />
      <LiveMoved flow={flow} draft={draft} live={live} />
      {errors.length > 0 && <Blocking issues={errors} draft={draft} onGoTo={onGoTo} />}
      <Part
        title={t("changes")}
        beside={
          draft.baseVersion === null ? t("first") : t("since", { count: groups.length, version: draft.baseVersion })
        }
      >
        <Changes groups={groups} />
      </Part>
      <Part
        title={t("summary")}
        beside={
          note === undefined ? (
            t("written")
          ) : (
            <button type="button" className="text-accent-text hover:underline" onClick={() => setNote(undefined)}>
              {t("rewrite")}
            </button>
          )
        }
      >
        <TextArea aria-label={t("summary")} rows={3} maxLength={2000} value={note ?? written} onChange={setNote} />
      </Part>
      <Part title={t("scenarios")}>
        <Scenarios tried={tried} />
      </Part>
      <Part title={t("waiting")}>
        <WaitingRuns versions={versions} version={version} />
      </Part>
    </Sheet>
  );
}

/** What is shown was changed by somebody else in the meantime. */
const MOVED: ReadonlySet<string> = new Set(["draft_moved", "live_moved"]);

function Refused({ error }: { error: unknown }): JSX.Element | null {
  const t = useWords(words);
  if (error === null) return null;
  return (
    <p role="alert" className="mb-4 rounded-sm bg-failed-soft px-3 py-2 text-failed-text">
      {MOVED.has(codeOf(error) ?? "") ? t("moved") : explain(error).what}
    </p>
  );
}

function Part({ title, beside, children }: { title: string; beside?: ReactNode; children: ReactNode }): JSX.Element {
  return (
    <section className="border-t border-border py-3.5 first:border-t-0 first:pt-0">
      <h3 className="mb-2 flex items-baseline gap-2 font-semibold">
        {title}
        {beside !== undefined && <span className="text-12 font-normal text-text-3">{beside}</span>}
      </h3>
      {children}
    </section>
  );
}

function useGroups(draft: OpenDraft): {
  readonly after: ReturnType<OpenDraft["store"]["getState"]>["flow"];
  readonly groups: readonly ChangeGroup[];
} {
  const language = useLanguage();
  const after = useStore(draft.store, (state) => state.flow);
  const { base, manifests } = draft;
  const groups = useMemo(
    () => (base === null ? [] : changeGroups({ before: base, after, manifests, language })),
    [base, after, manifests, language],
  );
  return { after, groups };
}

type Version = Outputs["flows"]["versions"][number];

function useVersions(flow: string): readonly Version[] | undefined {
  const trpc = useTRPC();
  return useQuery(trpc.flows.versions.queryOptions({ id: flow }, { retry: false })).data;
}

/** Shown at once; the rest when it is asked for. */
const SHOWN = 5;

function Changes({ groups }: { groups: readonly ChangeGroup[] }): JSX.Element | null {
  const t = useWords(words);
  const [all, setAll] = useState(false);
  if (groups.length === 0) return null;
  const shown = all ? groups : groups.slice(0, SHOWN);
  return (
    <ul className="m-0 flex list-none flex-col gap-3 p-0">
      {shown.map((group) => (
        <li key={group.key}>
          <div className="flex items-center gap-2">
            <ChangeSign kind={group.kind} label={t(group.kind)} />
            <b className="min-w-0 truncate font-semibold">{group.title}</b>
          </div>
          <ChangeRows group={group} />
        </li>
      ))}
      {shown.length < groups.length && (
        <li>
          <Button size="sm" variant="ghost" onClick={() => setAll(true)}>
            {t("more", { count: groups.length - shown.length })}
          </Button>
        </li>
      )}
    </ul>
  );
}

interface Tried {
  readonly count: number;
  readonly isPending: boolean;
  readonly failing: number;
  readonly outcomes: Outputs["flows"]["tryScenarios"]["scenarios"];
  readonly error: unknown;
  readonly again: () => void;
}

/** Tries the scenarios on the server, once what was typed last is saved. */
function useScenarios(flow: string, draft: OpenDraft, count: number): Tried {
  const trpc = useTRPC();
  const cache = useQueryClient();
  const tried = useQuery({
    queryKey: ["scenarios of the draft", flow, draft.base, count],
    queryFn: async () => {
      await draft.flush();
      return cache.query(trpc.flows.tryScenarios.queryOptions({ id: flow }, { staleTime: 0, retry: false }));
    },
    enabled: count > 0,
    retry: false,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  // Those that fail are what somebody has to look at.
  const outcomes = (tried.data?.scenarios ?? []).toSorted((a, b) => Number(a.passed) - Number(b.passed));
  return {
    count,
    isPending: count > 0 && tried.isFetching,
    failing: outcomes.filter(({ passed }) => !passed).length,
    outcomes,
    error: tried.error,
    again: () => void tried.refetch(),
  };
}

function Scenarios({ tried }: { tried: Tried }): JSX.Element {
  const t = useWords(words);
  const { count, outcomes, failing } = tried;
  if (count === 0) return <p className="text-12 text-text-2">{t("noScenarios")}</p>;
  if (tried.isPending) {
    return (
      <div role="status">
        <p className="mb-2 text-12 text-text-2">{t("running", { count })}</p>
        <Skeleton className="w-2/3" />
      </div>
    );
  }
  if (tried.error !== null) {
    return (
      <p role="alert" className="flex items-center gap-2 text-12 text-failed-text">
        <span className="min-w-0 flex-1">
          {t("tryFailed")} {explain(tried.error).what}
        </span>
        <Button size="sm" onClick={tried.again}>
          {t("again")}
        </Button>
      </p>
    );
  }
  return (
    <div role="status">
      <p className={failing > 0 ? "mb-2 text-12 font-medium text-failed-text" : "mb-2 text-12 text-text-2"}>
        {failing > 0 ? t("failedCount", { failed: failing, count }) : t("passed", { count })}
      </p>
      <ul className="m-0 flex list-none flex-col gap-1 p-0 text-12">
        {outcomes.map(({ name, passed, failures }, index) => (
          <li key={`${index} ${name}`} className="flex gap-2">
            {passed ? (
              <CircleCheck aria-label="✓" className="mt-0.5 size-3.5 shrink-0 text-completed" strokeWidth={1.75} />
            ) : (
              <CircleX aria-label="×" className="mt-0.5 size-3.5 shrink-0 text-failed" strokeWidth={1.75} />
            )}
            <span className="min-w-0">
              {name}
              {failures.map(({ pointer, message }) => (
                <span key={pointer + message} className="block text-failed-text">
                  {message}
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Older versions stay as long as something runs on them. */
function WaitingRuns(props: { versions: readonly Version[] | undefined; version: number }): JSX.Element {
  const { versions, version } = props;
  const t = useWords(words);
  const bold = (parts: ReactNode[]): ReactNode => <b className="font-medium text-text">{parts}</b>;
  const waiting = versions?.filter(({ waitingRuns }) => waitingRuns > 0);
  return (
    <ul className="m-0 flex list-none flex-col gap-0.5 p-0 text-12 text-text-2">
      <li>{t.rich("newRuns", { version, b: bold })}</li>
      {waiting?.map((one) => (
        <li key={one.version}>{t.rich("waitingOn", { count: one.waitingRuns, version: one.version, b: bold })}</li>
      ))}
      {waiting?.length === 0 && <li>{t("noneWaiting")}</li>}
    </ul>
  );
}

function usePublish(
  { flow, draft, onClose }: PublishSheetProps,
  { note, ...live }: { readonly note: string; readonly replaces?: number | null },
) {
  const t = useWords(words);
  const trpc = useTRPC();
  const cache = useQueryClient();
  const publish = useMutation(trpc.flows.publish.mutationOptions());
  return useMutation({
    mutationFn: async (despite: boolean) => {
      const revision = await draft.flush();
      return publish.mutateAsync({ id: flow, revision, despite, note: note.trim(), ...live });
    },
    onError: () => cache.invalidateQueries(trpc.flows.pathFilter()),
    onSuccess: async ({ version, created }) => {
      done(t(created ? "published" : "same", { version }));
      onClose();
      await draft.reload();
      await cache.invalidateQueries(trpc.flows.pathFilter());
    },
  });
}
