import type { HttpBindings } from "@hono/node-server";

/** What the middlewares and routes of a request share. */
export interface ApiEnvironment {
  /** Absent when a test calls the app without a server. */
  Bindings: Partial<HttpBindings>;
  Variables: {
    requestId: string;
    /** The route's template, for metrics; absent where none fits. */
    route: string | undefined;
    /** Whom the request acts for, for the log. */
    actor: string | undefined;
  };
}
