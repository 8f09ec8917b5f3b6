/** The cache of what the server told, and how the router asks it. */
import { QueryCache, QueryClient } from "@tanstack/react-query";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { rpc } from "../rpc/client.ts";
import { isFinal } from "../rpc/is-final.ts";
import { codeOf } from "../ui/problem.ts";

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      // The session has ended: the guard of the pages sees it and asks to sign in.
      if (codeOf(error) === "not_signed_in") void queryClient.invalidateQueries(server.session.current.queryFilter());
    },
  }),
  defaultOptions: {
    queries: { staleTime: 5_000, retry: (failures, error) => failures < 2 && !isFinal(error) },
  },
});

/** For what stands outside of components. Inside it is `useTRPC()`. */
export const server = createTRPCOptionsProxy({ client: rpc, queryClient });
