/** How busy the server's processes are with something. */
import { cpuOf } from "../server/backend-cpu.ts";
import type { Server } from "../server/server.ts";

/** `busyMs`: processor time of all connections to this database meanwhile; undefined where it can't be known. */
export async function backendsBusy<T>(
  server: Server,
  databaseUrl: string,
  work: () => Promise<T>,
): Promise<{ result: T; busyMs: number | undefined }> {
  const pids = await server.backends(databaseUrl);
  const before = await cpuOf(pids);
  const result = await work();
  const after = await cpuOf(pids);
  return { result, busyMs: before === undefined || after === undefined ? undefined : after - before };
}
