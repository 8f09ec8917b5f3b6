import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, Plug, RefreshCw, ShieldCheck, Trash2, Waypoints } from "lucide-react";
import { useState, type JSX } from "react";
import { useMay } from "../../../app/session.ts";
import { useTRPC } from "../../../rpc/client.ts";
import { Button } from "../../../ui/button.tsx";
import { IconButton } from "../../../ui/icon-button.tsx";
import { Menu } from "../../../ui/menu.tsx";
import { explain } from "../../../ui/problem.ts";
import { RelativeTime } from "../../../ui/relative-time.tsx";
import { Skeleton } from "../../../ui/skeleton.tsx";
import { ErrorState } from "../../../ui/states.tsx";
import { done, failed } from "../../../ui/toast.ts";
import { useWords } from "../../../words/use-words.tsx";
import { type Connection, needsTestUrl } from "./connection.ts";
import { ConnectionDialogs, type Open } from "./connection-dialogs.tsx";
import { words } from "./words.ts";

/** What flows sign in with elsewhere. Values go in and are never shown again. */
export function ConnectionsSection(): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const maySee = useMay("credential.use");
  const mayManage = useMay("credential.manage");
  const connections = useQuery(trpc.credentials.list.queryOptions(undefined, { enabled: maySee }));
  const [open, setOpen] = useState<Open>();
  if (!maySee) return <p className="py-3.5 text-text-3">{t("notYours")}</p>;
  if (connections.isError && connections.data === undefined) {
    return <ErrorState title={t("loadFailed")} error={connections.error} retry={() => void connections.refetch()} />;
  }
  const { items = [], open: canStore = true } = connections.data ?? {};
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 border-b border-border pt-1 pb-3.5">
        <p className="min-w-0 flex-1 basis-64 text-12 text-text-2">{t("intro")}</p>
        {mayManage && (
          <Button icon={Plug} disabled={!canStore} onClick={() => setOpen({ kind: "new" })}>
            {t("new")}
          </Button>
        )}
      </div>
      {!canStore && <p className="border-b border-border py-3 text-12 text-failed-text">{t("noKey")}</p>}
      {connections.isPending && <Skeleton className="mt-4 w-1/2" />}
      {connections.isSuccess && items.length === 0 && <p className="py-3.5 text-text-3">{t("none")}</p>}
      <ul>
        {items.map((connection) => (
          <Row key={connection.name} connection={connection} mayManage={mayManage} onOpen={setOpen} />
        ))}
      </ul>
      <ConnectionDialogs open={open} onClose={() => setOpen(undefined)} />
    </>
  );
}

interface RowProps {
  readonly connection: Connection;
  readonly mayManage: boolean;
  readonly onOpen: (open: Open) => void;
}

function Row({ connection, mayManage, onOpen }: RowProps): JSX.Element {
  const t = useWords(words);
  const test = useTest(connection);
  const { name, type, flows, hosts, usedAt, usedByFlow, changedAt } = connection;
  return (
    <li className="flex items-center gap-3 border-b border-border py-3">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline gap-x-2">
          <code className="font-medium">{name}</code>
          <span className="text-12 text-text-3">{t(type)}</span>
        </div>
        <p className="text-12 break-words text-text-2">
          {flows === null ? t("everyFlow") : flows.join(", ") || t("noFlow")}
          {" · "}
          {t("toHosts", { hosts: hosts.join(", ") })}
        </p>
        <p className="flex flex-wrap gap-x-3 text-12 text-text-3">
          <span>
            {t("changed")} <RelativeTime at={changedAt} />
          </span>
          {usedAt === null ? (
            <span>{t("unused")}</span>
          ) : (
            <span>
              {t("used", { flow: usedByFlow ?? "" })} <RelativeTime at={usedAt} />
            </span>
          )}
        </p>
      </div>
      {mayManage && (
        <>
          <Button
            size="sm"
            disabled={test.isPending}
            onClick={() => test.run(() => onOpen({ kind: "grants", connection }))}
          >
            {test.isPending ? t("testing") : t("test")}
          </Button>
          <Menu
            trigger={<IconButton icon={Ellipsis} label={t("actions", { name })} side="left" />}
            items={[
              { label: t("grants"), icon: Waypoints, onSelect: () => onOpen({ kind: "grants", connection }) },
              { label: t("newValue"), icon: RefreshCw, onSelect: () => onOpen({ kind: "value", connection }) },
              {
                label: t("test"),
                icon: ShieldCheck,
                onSelect: () => test.run(() => onOpen({ kind: "grants", connection })),
              },
              "separator",
              {
                label: t("revoke"),
                icon: Trash2,
                danger: true,
                onSelect: () => onOpen({ kind: "revoke", connection }),
              },
            ]}
          />
        </>
      )}
    </li>
  );
}

interface Test {
  readonly isPending: boolean;
  /** @param needsAddress Where there is nothing yet that could be asked. */
  run(needsAddress: () => void): void;
}

function useTest({ name, type, testUrl }: Connection): Test {
  const t = useWords(words);
  const trpc = useTRPC();
  const queries = useQueryClient();
  const test = useMutation(
    trpc.credentials.test.mutationOptions({
      onSuccess: ({ ok, message }) => {
        if (ok) done(t("testPassed", { name }));
        else failed(t("testFailed", { name, why: message }));
      },
      onError: (error) => failed(t("failed", { why: explain(error).what })),
      onSettled: () => queries.invalidateQueries(trpc.credentials.pathFilter()),
    }),
  );
  return {
    isPending: test.isPending,
    run: (needsAddress) => {
      if (testUrl === null && needsTestUrl(type)) needsAddress();
      else test.mutate({ name });
    },
  };
}
