import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState, type JSX } from "react";
import { useTRPC } from "../../../rpc/client.ts";
import { Button } from "../../../ui/button.tsx";
import { cx } from "../../../ui/cx.ts";
import { Dialog } from "../../../ui/dialog.tsx";
import { useNow } from "../../../ui/now.ts";
import { explain } from "../../../ui/problem.ts";
import { RelativeTime } from "../../../ui/relative-time.tsx";
import { ErrorState } from "../../../ui/states.tsx";
import { done } from "../../../ui/toast.ts";
import { useWords } from "../../../words/use-words.tsx";
import { NewKeyDialog } from "./new-key-dialog.tsx";
import { type ApiKey, stateOf } from "./scopes.ts";
import { words } from "./words.ts";

/** One's own API keys. */
export function KeysSection(): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const keys = useQuery(trpc.keys.list.queryOptions({}));
  const [open, setOpen] = useState<"new" | ApiKey>();
  const close = (): void => setOpen(undefined);
  if (keys.isError && keys.data === undefined) {
    return <ErrorState title={t("loadFailed")} error={keys.error} retry={() => void keys.refetch()} />;
  }
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 border-b border-border pt-1 pb-3.5">
        <p className="min-w-0 flex-1 basis-64 text-12 text-text-2">{t("intro")}</p>
        <Button icon={KeyRound} onClick={() => setOpen("new")}>
          {t("new")}
        </Button>
      </div>
      {keys.data?.length === 0 && <p className="py-3.5 text-text-3">{t("none")}</p>}
      <ul>
        {keys.data?.map((key) => (
          <KeyRow key={key.id} apiKey={key} onRevoke={() => setOpen(key)} />
        ))}
      </ul>
      {open === "new" && <NewKeyDialog onClose={close} />}
      {open !== undefined && open !== "new" && <RevokeDialog apiKey={open} onClose={close} />}
    </>
  );
}

function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }): JSX.Element {
  const t = useWords(words);
  const state = stateOf(apiKey, useNow());
  const { name, id, scopes, lastUsedAt, expiresAt } = apiKey;
  return (
    <li className="flex items-center gap-4 border-b border-border py-3">
      <div className={cx("min-w-0 flex-1", state !== "good" && "text-text-3")}>
        <div className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{name}</span>
          <code className="text-12 text-text-3">hold_…{id.slice(-4)}</code>
        </div>
        <p className="text-12 break-words text-text-3">{scopes.join(", ")}</p>
        <p className="flex flex-wrap gap-x-3 text-12 text-text-2">
          {lastUsedAt === null ? (
            <span>{t("unused")}</span>
          ) : (
            <span>
              {t("used")} <RelativeTime at={lastUsedAt} />
            </span>
          )}
          {state === "good" && expiresAt !== null && (
            <span>
              {t("expires")} <RelativeTime at={expiresAt} />
            </span>
          )}
          {state !== "good" && <span>{t(state)}</span>}
        </p>
      </div>
      {state === "good" && (
        <Button variant="danger" size="sm" onClick={onRevoke}>
          {t("revoke")}
        </Button>
      )}
    </li>
  );
}

function RevokeDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { id, name } = apiKey;
  const revoke = useMutation(
    trpc.keys.revoke.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries(trpc.keys.pathFilter());
        done(t("revokedDone", { name }));
        onClose();
      },
    }),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("revokeTitle", { name })}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button variant="danger" disabled={revoke.isPending} onClick={() => revoke.mutate({ id })}>
            {t("revokeNow")}
          </Button>
        </>
      }
    >
      <p className="text-text-2">{t("revokeText")}</p>
      {revoke.isError && (
        <p role="alert" className="mt-3 text-12 text-failed-text">
          {explain(revoke.error).what}
        </p>
      )}
    </Dialog>
  );
}
