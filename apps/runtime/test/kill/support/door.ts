import type { Json } from "@holdfast/dsl";
import type { RunningHost } from "../../../src/host/start-host.ts";
import type { Caller } from "../../../src/services/services.ts";

/** What a client does, with keys that make it harmless to do it again. */
export interface Door {
  /** Answers with the run's id. */
  start(flow: string, input: Json, idempotencyKey: string): Promise<string>;
  send(name: string, data: Json, id: string): Promise<void>;
}

export const CLIENT: Caller = { workspace: 1, actor: { kind: "system", id: "client" }, door: "system" };

/** The door of a host in this process. */
export function doorOf({ services }: RunningHost): Door {
  return {
    start: async (flow, input, idempotencyKey) =>
      (await services.startRun(CLIENT, { flow, input, idempotencyKey })).runId,
    send: async (name, data, id) => {
      await services.acceptEvents(CLIENT, [{ name, data, id }]);
    },
  };
}
