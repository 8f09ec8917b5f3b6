import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { JSX, ReactNode } from "react";
import type { OpenDraft } from "../draft/use-draft.ts";
import { useTRPC } from "../rpc/client.ts";
import type { Outputs } from "../rpc/outputs.ts";
import { Button } from "../ui/button.tsx";
import { explain } from "../ui/problem.ts";
import { done } from "../ui/toast.ts";
import { useWords } from "../words/use-words.tsx";
import { words } from "./sheet-words.ts";

type Version = Outputs["flows"]["versions"][number];

/** Somebody has published beside this draft: publishing would take back what that version changed. */
export function LiveMoved(props: { flow: string; draft: OpenDraft; live: Version | undefined }): JSX.Element | null {
  const { flow, draft, live } = props;
  const t = useWords(words);
  const trpc = useTRPC();
  const cache = useQueryClient();
  const takeIn = useMutation(
    trpc.drafts.takeIn.mutationOptions({
      onSuccess: async ({ version, kept }) => {
        done(t("tookIn", { version, kept }));
        await draft.reload();
        await cache.invalidateQueries(trpc.flows.pathFilter());
      },
    }),
  );
  const base = draft.baseVersion;
  if (live === undefined || live.version === base) return null;
  return (
    <section role="alert" className="mb-4 rounded-md border border-waiting px-3 py-2.5 text-12">
      <p className="m-0 text-text-2">
        {t.rich(base === null ? "liveFirst" : "liveMoved", {
          live: live.version,
          base: base ?? 0,
          name: live.publishedBy.name ?? t("somebody"),
          b: (parts: ReactNode[]) => <b className="font-medium text-text">{parts}</b>,
        })}
      </p>
      {takeIn.error !== null && <p className="m-0 mt-1 text-failed-text">{explain(takeIn.error).what}</p>}
      <Button
        size="sm"
        className="mt-2"
        disabled={takeIn.isPending}
        onClick={() => void draft.flush().then(() => takeIn.mutate({ flow }))}
      >
        {t("takeIn", { live: live.version })}
      </Button>
    </section>
  );
}
