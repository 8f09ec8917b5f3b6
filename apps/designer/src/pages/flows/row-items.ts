import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Archive, ArchiveRestore, Copy, Download, SquareArrowOutUpRight } from "lucide-react";
import { useMay } from "../../app/session.ts";
import { useTRPC, useTRPCClient } from "../../rpc/client.ts";
import type { MenuItem } from "../../ui/menu.tsx";
import { explain } from "../../ui/problem.ts";
import { done, failed } from "../../ui/toast.ts";
import { useWords } from "../../words/use-words.tsx";
import { saveFile } from "./save-file.ts";
import { flowAddress, type FlowRow } from "./rows.ts";
import { words } from "./words.ts";

interface RowActions {
  readonly duplicate: () => void;
  readonly exportJson: () => void;
  readonly archive: () => void;
  readonly restore: () => void;
}

function useRowActions({ id, name }: FlowRow): RowActions {
  const t = useWords(words);
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const refresh = (): Promise<void> => queries.invalidateQueries(trpc.flows.pathFilter());
  const onError = (error: unknown): void => failed(t("failed", { why: explain(error).what }));
  const duplicate = useMutation(
    trpc.flows.duplicate.mutationOptions({
      onError,
      onSuccess: async () => {
        done(t("duplicated", { name }));
        await refresh();
      },
    }),
  );
  const restore = useMutation(
    trpc.flows.restore.mutationOptions({
      onError,
      onSuccess: async () => {
        done(t("restored", { name }));
        await refresh();
      },
    }),
  );
  const archive = useMutation(
    trpc.flows.archive.mutationOptions({
      onError,
      onSuccess: async () => {
        done(t("archived", { name }), { undo: () => restore.mutate({ id }) });
        await refresh();
      },
    }),
  );
  const exportJson = async (): Promise<void> => {
    const { draft, live } = await client.flows.get.query({ id });
    saveFile(`${id}.flow.json`, `${JSON.stringify(draft?.document ?? live?.document, null, 2)}\n`);
    done(t("exported", { name }));
  };
  return {
    duplicate: () => duplicate.mutate({ id }),
    exportJson: () => void exportJson().catch(onError),
    archive: () => archive.mutate({ id }),
    restore: () => restore.mutate({ id }),
  };
}

/** What can be done with a flow, from its row. */
export function useRowItems(row: FlowRow): readonly MenuItem[] {
  const t = useWords(words);
  const navigate = useNavigate();
  const { duplicate, exportJson, archive, restore } = useRowActions(row);
  const mayEdit = useMay("draft.edit");
  const mayPublish = useMay("flow.publish");
  const why = (may: boolean): string | undefined => (may ? undefined : t("needsAnalyst"));
  return [
    { label: t("open"), icon: SquareArrowOutUpRight, onSelect: () => void navigate({ href: flowAddress(row.id) }) },
    { label: t("duplicate"), icon: Copy, disabled: why(mayEdit), onSelect: duplicate },
    { label: t("export"), icon: Download, onSelect: exportJson },
    "separator",
    row.archived
      ? { label: t("restore"), icon: ArchiveRestore, disabled: why(mayPublish), onSelect: restore }
      : { label: t("archive"), icon: Archive, disabled: why(mayPublish), onSelect: archive },
  ];
}
