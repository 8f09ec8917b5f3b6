/** Who is here, and what they may do. */
import type { AppRouter } from "@holdfast/runtime/rpc";
import type { inferRouterOutputs } from "@trpc/server";
import { createContext, use } from "react";

export type Session = inferRouterOutputs<AppRouter>["session"]["current"];
/** Of somebody who has signed in. */
export type SignedIn = Extract<Session, { readonly person: object }>;
export type Action = SignedIn["may"][number];

export function isSignedIn(session: Session): session is SignedIn {
  return session.person !== null;
}

const SessionContext = createContext<SignedIn | undefined>(undefined);
export const SessionProvider = SessionContext.Provider;

/** On every page but those for signing in. */
export function useSession(): SignedIn {
  const session = use(SessionContext);
  if (session === undefined) throw new Error("a page that needs a session is shown without one");
  return session;
}

/** Whether the person may do this anywhere; a single thing may still be refused to them. */
export function useMay(action: Action): boolean {
  return useSession().may.includes(action);
}
