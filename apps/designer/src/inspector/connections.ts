/** What may be known of the stored credentials: names and kinds, never values. */
import { createContext, use } from "react";
import type { Connection } from "../pages/settings/connections/connection.ts";

export interface Connections {
  /** Undefined: they are still being read. */
  readonly items: readonly Connection[] | undefined;
  /** The flow that is edited. */
  readonly flow: string;
  /** Lets the flow use one. Absent: somebody else has to. */
  readonly grant?: (connection: Connection) => void;
}

const ConnectionsContext = createContext<Connections | undefined>(undefined);
export const ConnectionsProvider = ConnectionsContext.Provider;

/** Undefined: whoever is here may not see them. */
export const useConnections = (): Connections | undefined => use(ConnectionsContext);
