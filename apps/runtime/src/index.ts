/**
 * Holdfast inside another program: the host with its services, the API on top of it, and what both need to start.
 * `holdfast up`, `server` and `worker` put the same parts together.
 */
export { SCOPES } from "./access/rights.ts";
export { type ApiOptions, createApi } from "./api/create-api.ts";
export { listen, type Listener } from "./cli/serve/listener.ts";
export { migrate } from "./database/migrate.ts";
export { type HostSettings, type RunningHost, startHost } from "./host/start-host.ts";
export { uuid7 } from "./ids/uuid7.ts";
export { createKey } from "./keys/key-store.ts";
export { createLogger, type Logger } from "./log/logger.ts";
export { Scrubber } from "./log/scrubber.ts";
export { createMetrics } from "./metrics/metrics.ts";
export { putPerson } from "./people/person-store.ts";
export type { Caller, Services } from "./services/services.ts";
export { VERSION } from "./version.ts";
