/** The API of a running host, with a key that may start runs and read them. */
import {
  createApi,
  createKey,
  createMetrics,
  listen,
  type Logger,
  putPerson,
  type RunningHost,
  VERSION,
} from "@holdfast/runtime";
import pg from "pg";

export interface Door {
  readonly url: string;
  readonly apiKey: string;
}

const OPERATOR = { workspace: 1, actor: { kind: "system", id: "bench" }, door: "system" } as const;

export async function openDoor(host: RunningHost, databaseUrl: string, logger: Logger): Promise<Door> {
  // As `holdfast up` has it.
  const database = new pg.Pool({ connectionString: databaseUrl, max: 8 });
  const person = await putPerson(database, OPERATOR, {
    email: "bench@example.com",
    name: "Bench",
    roles: ["developer"],
    groups: [],
  });
  const { text } = await createKey(database, OPERATOR, { person, name: "bench", scopes: ["runs:start", "runs:read"] });
  const listener = await listen("127.0.0.1", 0);
  listener.serve(
    createApi({
      services: host.services,
      database,
      nodeTypes: host.manifests,
      logger,
      version: VERSION,
      metrics: createMetrics(),
      jobsFetched: () => host.ready(),
    }),
  );
  return { url: listener.url, apiKey: text };
}
