import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Copy, OctagonAlert } from "lucide-react";
import { useState, type JSX } from "react";
import { useMay } from "../../app/session.ts";
import { useTRPC } from "../../rpc/client.ts";
import type { Outputs } from "../../rpc/outputs.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/checkbox.tsx";
import { explain } from "../../ui/problem.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { done, failed } from "../../ui/toast.ts";
import { useWords } from "../../words/use-words.tsx";
import { shortId } from "../../values/short-id.ts";
import { columnText } from "../runs/standing.ts";
import { CompleteDialog } from "./complete-dialog.tsx";
import { FailDialog } from "./fail-dialog.tsx";
import { words } from "./words.ts";

export type IncidentGroup = Outputs["incidents"]["groups"]["groups"][number];
type Item = IncidentGroup["items"][number];

/** What happened, how to find out more, and the only three things that can be done. */
export function IncidentCard({ group }: { readonly group: IncidentGroup }): JSX.Element {
  const t = useWords(words);
  const may = useMay("incident.resolve");
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const { kind, items, message } = group;
  const [first] = items;
  const many = items.length > 1;
  // The last one of several has no box to tick: it is what the buttons mean.
  const chosen = many ? items.filter(({ id }) => !left.has(id)) : items;
  return (
    <li className="rounded-md border border-incident bg-surface">
      <div className="flex gap-3 px-4 pt-3.5 pb-3">
        <OctagonAlert aria-hidden className="mt-px size-5 shrink-0 text-incident" strokeWidth={1.75} />
        <div className="min-w-0 flex-1">
          <h2 className="text-14 font-semibold">{t(`q_${kind}`, { n: first?.attempt ?? 1 })}</h2>
          <p className="text-12 text-text-2">
            {group.nodeName}
            {group.of === "undo" && `, ${t("undoing")}`} · {group.flowName} · <RelativeTime at={group.oldestAt} />
            {!many && first !== undefined && <About item={first} />}
          </p>
          <p className="mt-2 text-13 break-words text-text-2">{t(`why_${kind}`, { message })}</p>
          {!many && first !== undefined && <KeyLine item={first} />}
          {many && <Members items={items} left={left} onLeft={setLeft} disabled={!may} />}
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-2 border-t border-border px-4 py-3">
        {may ? <Answers group={group} chosen={chosen} /> : <p className="text-12 text-text-2">{t("noRight")}</p>}
        <span className="flex-1" />
        {!many && first !== undefined && (
          <Link
            to="/runs/$run"
            params={{ run: first.runId }}
            search={{ node: first.node }}
            className="text-12 text-accent-text hover:underline"
          >
            {t("openRun")}
          </Link>
        )}
      </div>
    </li>
  );
}

function About({ item }: { readonly item: Item }): JSX.Element {
  const t = useWords(words);
  const values = Object.values(item.run?.columns ?? {}).map((value) => columnText(value, t.language));
  return <>{values.filter((value) => value !== "").map((value) => ` · ${value}`)}</>;
}

/** The key that the target knows it by. */
function KeyLine({ item }: { readonly item: Item }): JSX.Element | null {
  const t = useWords(words);
  const { key } = item;
  if (key === null) return null;
  return (
    <p className="mt-2 flex flex-wrap items-center gap-2 text-12 text-text-2">
      {t("lookUp")} <code className="rounded-xs bg-surface-hover px-1.5 py-0.5 break-all text-text">{key}</code>
      <Button
        size="sm"
        variant="ghost"
        icon={Copy}
        onClick={() => void navigator.clipboard.writeText(key).then(() => done(t("copied")))}
      >
        {t("copy")}
      </Button>
    </p>
  );
}

interface MembersProps {
  readonly items: readonly Item[];
  readonly left: ReadonlySet<string>;
  readonly onLeft: (left: ReadonlySet<string>) => void;
  readonly disabled: boolean;
}

/** Alike ones, each of which can be left out of the one decision. */
function Members({ items, left, onLeft, disabled }: MembersProps): JSX.Element {
  const t = useWords(words);
  const toggle = (id: string): void => {
    const next = new Set(left);
    if (!next.delete(id)) next.add(id);
    onLeft(next);
  };
  return (
    <details className="mt-2 text-12" open={items.length <= 5}>
      <summary className="cursor-default text-text-2">{t("runs", { n: items.length })}</summary>
      <ul className="mt-1.5 flex max-h-72 flex-col gap-1 overflow-y-auto">
        {items.map((item) => (
          <li key={item.id} className="flex items-center gap-2">
            <Checkbox
              name={t("select", { id: shortId(item.runId) })}
              checked={!left.has(item.id)}
              disabled={disabled}
              onChange={() => toggle(item.id)}
            />
            <Link
              to="/runs/$run"
              params={{ run: item.runId }}
              search={{ node: item.node }}
              className="font-mono text-accent-text hover:underline"
            >
              {shortId(item.runId)}
            </Link>
            <span className="min-w-0 truncate text-text-2">
              <About item={item} />
            </span>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-text-3">{t("alike")}</p>
    </details>
  );
}

function Answers({ group, chosen }: { readonly group: IncidentGroup; readonly chosen: readonly Item[] }): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const client = useQueryClient();
  const [asking, setAsking] = useState<"complete" | "fail">();
  const close = (): void => setAsking(undefined);
  const resolve = useMutation(
    trpc.incidents.resolve.mutationOptions({
      onSuccess: ({ results }, { action }) => {
        const refused = results.filter(({ problem }) => problem !== null);
        if (results.length > refused.length) done(t(`done_${action}`, { n: results.length - refused.length }));
        if (refused.length > 0) failed(t("someRefused", { n: refused.length, why: refused[0]?.problem?.title ?? "" }));
        close();
        void client.invalidateQueries(trpc.incidents.pathFilter());
        void client.invalidateQueries(trpc.runs.pathFilter());
      },
      onError: (error, { action }) => {
        if (action === "retry") failed(explain(error).what);
      },
    }),
  );
  const ids = chosen.map(({ id }) => id);
  const unknown = group.kind === "unknown_outcome";
  const none = ids.length === 0 || resolve.isPending;
  const completes = group.kind !== "crash_loop";
  return (
    <>
      {completes && (
        <Button disabled={none} onClick={() => setAsking("complete")}>
          {t(unknown ? "complete_unknown_outcome" : "complete_other")}
        </Button>
      )}
      <Button disabled={none} onClick={() => resolve.mutate({ ids, action: "retry" })}>
        {t(unknown ? "retry_unknown_outcome" : "retry_other")}
      </Button>
      <Button variant="danger" disabled={none} onClick={() => setAsking("fail")}>
        {t(ids.length > 1 ? "failMany" : "fail")}
      </Button>
      {asking === "complete" && (
        <CompleteDialog
          error={resolve.error}
          busy={resolve.isPending}
          onClose={close}
          onComplete={(answer) => resolve.mutate({ ids, action: "complete", ...answer })}
        />
      )}
      <FailDialog
        open={asking === "fail"}
        count={ids.length}
        error={resolve.error}
        onClose={close}
        onFail={() => resolve.mutate({ ids, action: "fail" })}
      />
    </>
  );
}
