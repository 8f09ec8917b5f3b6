import { useQuery } from "@tanstack/react-query";
import { useNavigate, useRouteContext, useRouterState } from "@tanstack/react-router";
import { useEffect, type JSX } from "react";
import { useTRPC } from "../rpc/client.ts";
import { guardPage } from "./guard.ts";
import { isSignedIn, SessionProvider } from "./session.ts";
import { Shell } from "./shell.tsx";

/** Pages that need a session, and the session for them. When it ends, the person is asked to sign in and led back. */
export function SignedInPages(): JSX.Element {
  const trpc = useTRPC();
  const navigate = useNavigate();
  const { session } = useRouteContext({ from: "/signed-in" });
  const { data } = useQuery(trpc.session.current.queryOptions());
  const href = useRouterState({ select: ({ location }) => location.href });
  const ended = data !== undefined && !isSignedIn(data) ? data : undefined;
  useEffect(() => {
    if (ended === undefined) return;
    const sent = guardPage({ signedIn: false, setUp: ended.setUp }, href);
    if (sent !== undefined) void navigate(sent);
  }, [ended, href, navigate]);
  return (
    <SessionProvider value={data !== undefined && isSignedIn(data) ? data : session}>
      <Shell />
    </SessionProvider>
  );
}
