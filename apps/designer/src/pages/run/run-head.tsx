import type { FlowDocument } from "@holdfast/dsl";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Ban, Copy, FileText, Lock, Pause, Play, RotateCcw } from "lucide-react";
import { useState, type JSX } from "react";
import { useMay } from "../../app/session.ts";
import { TopBar } from "../../app/top-bar.tsx";
import { useCommands } from "../../keys/use-commands.ts";
import { useTRPC } from "../../rpc/client.ts";
import type { RunDetails } from "../../rpc/outputs.ts";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { explain } from "../../ui/problem.ts";
import { done, failed } from "../../ui/toast.ts";
import { useWords } from "../../words/use-words.tsx";
import { shortId } from "../../values/short-id.ts";
import { CancelDialog } from "./cancel-dialog.tsx";
import { atWork } from "./run-facts.ts";
import { RunPill } from "./run-pill.tsx";
import { words } from "./words.ts";

export interface RunHeadProps {
  readonly details: RunDetails;
  /** Of the graph that it passes. */
  readonly nodes: FlowDocument["nodes"];
  /** Changes arrive by themselves. */
  readonly live: boolean;
}

/** Which run it is, how it stands, and what can be done to it. */
export function RunHead({ details, nodes, live }: RunHeadProps): JSX.Element {
  const t = useWords(words);
  const { run } = details;
  const copy = (): void => void navigator.clipboard.writeText(run.id).then(() => done(t("copied")));
  return (
    <TopBar>
      <nav aria-label={t("runs")} className="flex min-w-0 items-center gap-2 text-text-3">
        <Link to="/runs" search={{}} className="hover:text-text max-sm:hidden">
          {t("runs")}
        </Link>
        <span aria-hidden className="max-sm:hidden">
          /
        </span>
        <Link to="/runs" search={{ flow: run.flow }} title={run.flowName} className="truncate hover:text-text">
          {run.flowName}
        </Link>
        <span aria-hidden>/</span>
        <h1 className="font-mono text-13 font-semibold text-text">{shortId(run.id)}</h1>
      </nav>
      <IconButton icon={Copy} size="sm" label={t("copyId")} onClick={copy} />
      <RunPill run={run} at={atWork(details).map((id) => nodes[id]?.name ?? id)} />
      <Link
        to="/flows/$flow/versions"
        params={{ flow: run.flow }}
        search={{ b: run.version }}
        title={t("openVersion", { version: run.version })}
        className="flex min-w-0 items-center gap-1.5 text-12 text-text-2 hover:text-accent-text hover:underline max-xl:hidden"
      >
        <Lock aria-hidden className="size-3 shrink-0" strokeWidth={1.75} />
        <span className="truncate">{t("frozen", { version: run.version })}</span>
      </Link>
      <span className="flex-1" />
      {live && (
        <span className="flex items-center gap-1.5 text-12 whitespace-nowrap text-text-3 max-md:hidden">
          <span aria-hidden className="size-[7px] rounded-full bg-completed" />
          {t("live")}
        </span>
      )}
      <RecordButton run={run} />
      <RunActions run={run} />
    </TopBar>
  );
}

/** Exports all that happened as one page, in the reader's language and time. */
function RecordButton({ run }: { readonly run: RunDetails["run"] }): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      const record = await client.query(
        trpc.runs.record.queryOptions({ id: run.id, language: t.language, timeZone }, { staleTime: 0 }),
      );
      saveFile(record.fileName, record.html);
      done(t("recordSaved", { file: record.fileName }));
    } catch (error) {
      failed(explain(error).what);
    } finally {
      setBusy(false);
    }
  };
  useCommands([{ id: "run.record", label: t("record"), group: t("runs"), run: () => void save() }]);
  return <IconButton icon={FileText} label={t("record")} disabled={busy} onClick={() => void save()} />;
}

function saveFile(name: string, html: string): void {
  const address = URL.createObjectURL(new Blob([html], { type: "text/html" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function RunActions({ run }: { readonly run: RunDetails["run"] }): JSX.Element | null {
  const t = useWords(words);
  const trpc = useTRPC();
  const client = useQueryClient();
  const may = useMay("run.operate");
  const [canceling, setCanceling] = useState(false);
  const settle = (text: string): { onSuccess: () => void; onError: (error: unknown) => void } => ({
    onSuccess: () => {
      done(text);
      void client.invalidateQueries(trpc.runs.pathFilter());
    },
    onError: (error) => failed(explain(error).what),
  });
  const pause = useMutation(trpc.runs.pause.mutationOptions(settle(t("paused"))));
  const resume = useMutation(trpc.runs.resume.mutationOptions(settle(t("resumed"))));
  const retry = useMutation(trpc.runs.retry.mutationOptions(settle(t("retried"))));
  const cancel = useMutation(trpc.runs.cancel.mutationOptions(settle(t("canceledToast"))));
  const over = run.finishedAt !== null;
  const stopped = run.status === "paused" || run.pausing;
  useCommands(
    may && !over ? [{ id: "run.cancel", label: t("cancel"), group: t("runs"), run: () => setCanceling(true) }] : [],
  );
  if (!may) return null;
  if (over) {
    return run.status === "failed" ? (
      <Button icon={RotateCcw} disabled={retry.isPending} onClick={() => retry.mutate({ id: run.id })}>
        {t("retry")}
      </Button>
    ) : null;
  }
  return (
    <>
      {stopped ? (
        <Button variant="ghost" icon={Play} disabled={resume.isPending} onClick={() => resume.mutate({ id: run.id })}>
          {t("resume")}
        </Button>
      ) : (
        <Button variant="ghost" icon={Pause} disabled={pause.isPending} onClick={() => pause.mutate({ id: run.id })}>
          {t("pause")}
        </Button>
      )}
      <Button variant="ghost" icon={Ban} disabled={run.canceling} onClick={() => setCanceling(true)}>
        {t("cancel")}
      </Button>
      <CancelDialog
        open={canceling}
        onClose={() => setCanceling(false)}
        onCancel={(mode) => {
          setCanceling(false);
          cancel.mutate({ id: run.id, mode });
        }}
      />
    </>
  );
}
