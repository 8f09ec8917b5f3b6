import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { AppRouter } from "@holdfast/runtime/rpc";
import type { inferRouterOutputs } from "@trpc/server";
import { Monitor } from "lucide-react";
import type { JSX } from "react";
import { useTRPC } from "../../../rpc/client.ts";
import { Button } from "../../../ui/button.tsx";
import { explain } from "../../../ui/problem.ts";
import { RelativeTime } from "../../../ui/relative-time.tsx";
import { Skeleton } from "../../../ui/skeleton.tsx";
import { ErrorState } from "../../../ui/states.tsx";
import { done, failed } from "../../../ui/toast.ts";
import { useWords } from "../../../words/use-words.tsx";
import { agentName } from "./agent-name.ts";
import { words } from "./words.ts";

const WAY = { password: "byPassword", provider: "byProvider", link: "byLink" } as const;

type Session = inferRouterOutputs<AppRouter>["session"]["sessions"][number];

/** Where one is signed in, and out again. */
export function SessionRows(): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const queries = useQueryClient();
  const sessions = useQuery(trpc.session.sessions.queryOptions());
  const settled = {
    onSettled: () => queries.invalidateQueries(trpc.session.sessions.pathFilter()),
    onError: (error: unknown) => failed(t("failed", { why: explain(error).what })),
  };
  const end = useMutation(trpc.session.endSession.mutationOptions({ ...settled, onSuccess: () => done(t("ended")) }));
  const endOthers = useMutation(
    trpc.session.endOtherSessions.mutationOptions({
      ...settled,
      onSuccess: ({ ended }) => done(t("endedOthers", { count: ended })),
    }),
  );
  const others = sessions.data?.filter(({ current }) => !current) ?? [];
  return (
    <section aria-labelledby="sessions" className="mt-5">
      <div className="flex flex-wrap items-center gap-3 pb-2">
        <h3 id="sessions" className="flex-1 basis-64 text-16 font-semibold tracking-[-.01em]">
          {t("sessions")}
        </h3>
        <Button
          variant="danger"
          disabled={others.length === 0 || endOthers.isPending}
          onClick={() => endOthers.mutate(undefined)}
        >
          {t("endOthers")}
        </Button>
      </div>
      {sessions.isError && (
        <ErrorState title={t("sessionsFailed")} error={sessions.error} retry={() => void sessions.refetch()} />
      )}
      {sessions.isPending && <Skeleton className="w-1/2" />}
      <ul>
        {sessions.data?.map((session) => (
          <SessionRow key={session.id} session={session} onEnd={() => end.mutate({ id: session.id })} />
        ))}
      </ul>
    </section>
  );
}

function SessionRow({ session, onEnd }: { session: Session; onEnd: () => void }): JSX.Element {
  const t = useWords(words);
  const { browser, system } = agentName(session.agent);
  const name = [browser ?? t("someBrowser"), system].filter((part) => part !== undefined).join(", ");
  return (
    <li className="flex items-center gap-3 border-t border-border py-2.5">
      <Monitor aria-hidden className="size-4 shrink-0 text-text-3" strokeWidth={1.75} />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{name}</p>
        <p className="flex flex-wrap gap-x-3 text-12 text-text-2">
          {session.current ? (
            <span className="text-completed-text">{t("current")}</span>
          ) : (
            <span>
              {t("seen")} <RelativeTime at={session.seenAt} />
            </span>
          )}
          <span>{t(WAY[session.way])}</span>
          {session.address !== null && <span>{t("from", { address: session.address })}</span>}
        </p>
      </div>
      {!session.current && (
        <Button size="sm" onClick={onEnd} aria-label={t("endThis", { name })}>
          {t("end")}
        </Button>
      )}
    </li>
  );
}
