import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useMay } from "../app/session.ts";
import { useTRPC } from "../rpc/client.ts";
import { explain } from "../ui/problem.ts";
import { done, failed } from "../ui/toast.ts";
import { useWords } from "../words/use-words.tsx";
import type { Connections } from "./connections.ts";
import { words } from "./credential-words.ts";

/** The stored credentials, for the nodes of a flow. */
export function useFlowConnections(flow: string): Connections | undefined {
  const t = useWords(words);
  const trpc = useTRPC();
  const queries = useQueryClient();
  const maySee = useMay("credential.use");
  const mayGrant = useMay("credential.manage");
  const { data } = useQuery(trpc.credentials.list.queryOptions(undefined, { enabled: maySee, retry: false }));
  const { mutate } = useMutation(
    trpc.credentials.grant.mutationOptions({
      onSuccess: (_, { name }) => done(t("granted", { name })),
      onError: (error) => failed(explain(error).what),
      onSettled: () => queries.invalidateQueries(trpc.credentials.pathFilter()),
    }),
  );
  return useMemo(() => {
    if (!maySee) return undefined;
    const known = { items: data?.items, flow };
    return mayGrant
      ? { ...known, grant: ({ name, flows }) => mutate({ name, flows: [...(flows ?? []), flow] }) }
      : known;
  }, [maySee, mayGrant, data, flow, mutate]);
}
