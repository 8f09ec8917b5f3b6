/** The connection to the runtime. Only its types come from there. */
import type { AppRouter } from "@holdfast/runtime/rpc";
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink, type TRPCLink } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { lookForServer, reportServer, watchedFetch, watchedRead } from "../app/connection.ts";

const URL = "/rpc";

/** Live views tell whether the server is there, too. It ends them now and then on purpose, so it is asked. */
const watchLive: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) => {
    const source = next(op);
    return {
      ...source,
      subscribe: (observer) =>
        source.subscribe({
          ...observer,
          next: (value) => {
            const { result } = value;
            if (result.type === "state" && result.state === "connecting" && result.error !== null) lookForServer();
            if (result.type === "state" && result.state === "pending") reportServer(true);
            observer.next?.(value);
          },
        }),
    };
  };

export const rpc = createTRPCClient<AppRouter>({
  links: [
    watchLive,
    splitLink({
      condition: (operation) => operation.type === "subscription",
      true: httpSubscriptionLink({ url: URL }),
      false: httpBatchLink({
        url: URL,
        maxItems: 20,
        fetch: (url, init) => {
          const call = init?.method === "POST" ? watchedFetch : watchedRead;
          return call(url, { ...init, signal: init?.signal ?? null });
        },
      }),
    }),
  ],
});

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();
