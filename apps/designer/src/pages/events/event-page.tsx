import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Send } from "lucide-react";
import { useState, type JSX, type ReactNode } from "react";
import { useMay } from "../../app/session.ts";
import { PageTop } from "../../app/top-bar.tsx";
import { useTRPC } from "../../rpc/client.ts";
import type { Outputs } from "../../rpc/outputs.ts";
import { Button } from "../../ui/button.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { Value } from "../../ui/value.tsx";
import { useWords } from "../../words/use-words.tsx";
import { shortId } from "../../values/short-id.ts";
import { viaText } from "./events-table.tsx";
import { SendDialog } from "./send-dialog.tsx";
import { words } from "./words.ts";

const route = getRouteApi("/signed-in/events/$event");

type Event = Outputs["events"]["get"];

/** One event: its data, and what became of it. */
export function EventPage(): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const { event: id } = route.useParams();
  const [sending, setSending] = useState(false);
  const maySend = useMay("event.send");
  const { data, error, refetch } = useQuery(trpc.events.get.queryOptions({ id }, { refetchInterval: 3_000 }));
  return (
    <>
      <PageTop title={data?.name ?? t("event")}>
        {maySend && data !== undefined && (
          <Button icon={Send} onClick={() => setSending(true)}>
            {t("again")}
          </Button>
        )}
      </PageTop>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {data === undefined && error !== null && (
          <ErrorState title={t("eventFailed")} error={error} retry={() => void refetch()} />
        )}
        {data === undefined && error === null && (
          <div className="hf-late p-6">
            <Skeleton className="h-40 w-full max-w-[640px]" />
          </div>
        )}
        {data !== undefined && (
          <div className="mx-auto flex max-w-[720px] flex-col gap-6 p-6 max-sm:p-4">
            <About event={data} />
            <WhatItDid event={data} />
            <section>
              <h2 className="mb-1.5 text-13 font-semibold">{t("data")}</h2>
              <Value value={data.data} />
            </section>
          </div>
        )}
      </div>
      {sending && data !== undefined && (
        <SendDialog onClose={() => setSending(false)} begin={{ name: data.name, data: data.data }} />
      )}
    </>
  );
}

function About({ event }: { readonly event: Event }): JSX.Element {
  const t = useWords(words);
  return (
    <dl className="grid grid-cols-[132px_1fr] gap-x-3 gap-y-1.5">
      <dt className="text-text-3">{t("accepted")}</dt>
      <dd>
        <RelativeTime at={event.acceptedAt} />
      </dd>
      <dt className="text-text-3">{t("from")}</dt>
      <dd>{viaText(event.via, t)}</dd>
      {event.externalId !== null && (
        <>
          <dt className="text-text-3">{t("senderId")}</dt>
          <dd className="font-mono text-12 break-all">{event.externalId}</dd>
        </>
      )}
      <dt className="text-text-3">{t("id")}</dt>
      <dd className="font-mono text-12 break-all">{event.id}</dd>
    </dl>
  );
}

function WhatItDid({ event }: { readonly event: Event }): JSX.Element {
  const t = useWords(words);
  const nothing = event.started.length + event.resolved.length + event.refused.length === 0;
  const run = (id: string, node?: string): ((parts: ReactNode[]) => ReactNode) => {
    const search = node === undefined ? {} : { node };
    return (parts) => (
      <Link to="/runs/$run" params={{ run: id }} search={search} className="font-mono text-accent-text hover:underline">
        {parts}
      </Link>
    );
  };
  const code = (parts: ReactNode[]): ReactNode => <code>{parts}</code>;
  return (
    <section>
      <h2 className="mb-1.5 text-13 font-semibold">{t("whatItDid")}</h2>
      {nothing && <p className="text-text-2">{t("didNothingText")}</p>}
      <ul className="flex flex-col gap-1.5">
        {event.started.map(({ runId, flow }) => (
          <li key={runId}>{t.rich("startedRun", { id: shortId(runId), flow, r: run(runId) })}</li>
        ))}
        {event.resolved.map(({ runId, waitId, node }) => (
          <li key={waitId}>{t.rich("resolvedWait", { id: shortId(runId), node, r: run(runId, node), c: code })}</li>
        ))}
        {event.refused.map(({ flow, wait, code: why, message, pointer }) => (
          <li key={`${flow ?? ""} ${wait ?? ""} ${why} ${pointer ?? ""}`} className="text-failed-text">
            {t("refusedLine", { where: flow === undefined ? t("aWait") : t("aFlow", { flow }), message })}
            {pointer !== undefined && (
              <>
                {" "}
                <code className="text-12">{pointer}</code>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
