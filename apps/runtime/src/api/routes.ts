/** Every route of the API. */
import type { Route } from "./route.ts";
import { auditRoutes } from "./routes/audit.ts";
import { credentialRoutes } from "./routes/credentials.ts";
import { devRoutes } from "./routes/dev.ts";
import { eventRoutes } from "./routes/events.ts";
import { flowRoutes } from "./routes/flows.ts";
import { incidentRoutes } from "./routes/incidents.ts";
import { keyRoutes } from "./routes/keys.ts";
import { meRoutes } from "./routes/me.ts";
import { nodeTypeRoutes } from "./routes/node-types.ts";
import { recordRoutes } from "./routes/records.ts";
import { runRoutes } from "./routes/runs.ts";
import { taskRoutes } from "./routes/tasks.ts";

export const routes: readonly Route[] = [
  ...eventRoutes,
  ...flowRoutes,
  ...runRoutes,
  ...recordRoutes,
  ...taskRoutes,
  ...incidentRoutes,
  ...nodeTypeRoutes,
  ...meRoutes,
  ...keyRoutes,
  ...credentialRoutes,
  ...auditRoutes,
  ...devRoutes,
];
