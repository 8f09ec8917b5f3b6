import { CSPProvider } from "@base-ui/react/csp-provider";
import { Tooltip } from "@base-ui/react/tooltip";
import { QueryClientProvider } from "@tanstack/react-query";
import { useEffect, type JSX, type ReactNode } from "react";
import { announce } from "../keys/announce.ts";
import { keepFocus } from "../keys/keep-focus.ts";
import { listenForKeys } from "../keys/listen.ts";
import { rpc, TRPCProvider } from "../rpc/client.ts";
import { LanguageProvider, useWords } from "../words/use-words.tsx";
import { watchConnection } from "./connection.ts";
import { preferences, usePreference } from "./preferences.ts";
import { queryClient } from "./queries.ts";
import { Toasts } from "./toasts.tsx";
import { words } from "./words.ts";

/** What the server lets style elements carry on this load of the page; absent in development. */
const NONCE = document.querySelector<HTMLMetaElement>("meta[name=csp-nonce]")?.content;

/** What every page stands on. */
export function Providers({ children }: { children: ReactNode }): JSX.Element {
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={rpc} queryClient={queryClient}>
        <LanguageProvider value={usePreference("language")}>
          <CSPProvider {...(NONCE === undefined ? {} : { nonce: NONCE })}>
            <Tooltip.Provider>
              <Watching />
              {children}
              <Toasts />
            </Tooltip.Provider>
          </CSPProvider>
        </LanguageProvider>
      </TRPCProvider>
    </QueryClientProvider>
  );
}

/** Listens to keys, to the focus and to the connection. */
function Watching(): null {
  const t = useWords(words);
  useEffect(() => keepFocus(document), []);
  useEffect(() => listenForKeys(window, { letters: () => preferences.getState().letters }), []);
  useEffect(
    () =>
      watchConnection(() => {
        announce(t("back"));
        void queryClient.invalidateQueries();
      }),
    [t],
  );
  return null;
}
