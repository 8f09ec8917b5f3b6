/** A host in a process of its own. Argument: `HostOfTest` as JSON. */
import type { Json } from "@holdfast/dsl";
import { startHost } from "../../../src/host/start-host.ts";
import { createLogger } from "../../../src/log/logger.ts";
import { Scrubber } from "../../../src/log/scrubber.ts";
import { type Door, doorOf } from "./door.ts";
import { hostSettings } from "./host-settings.ts";
import type { Call, HostOfTest, Reply, Request } from "./messages.ts";

const settings: HostOfTest = JSON.parse(process.argv[2] ?? "");
const host = await startHost({
  ...hostSettings(settings, createLogger({ level: "info", scrubber: new Scrubber() })),
  // Whatever runs Holdfast starts it again.
  onFatal: () => process.exit(70),
});
const door = doorOf(host);

process.on("message", ({ number, call }: Request) => {
  carryOut(door, call).then(
    (value) => reply({ kind: "done", number, value }),
    (error: unknown) => reply({ kind: "failed", number, message: String(error) }),
  );
});
// Without a test there is nobody to work for.
process.once("disconnect", () => process.exit());
process.once("SIGTERM", () => void host.stop().finally(() => process.exit()));
reply({ kind: "ready", workerId: host.workerId });

async function carryOut(to: Door, call: Call): Promise<Json> {
  if (call.do === "start") return to.start(call.flow, call.input, call.idempotencyKey);
  if (call.do === "send") await to.send(call.name, call.data, call.id);
  else await host.services.decideTask(call.by, call.decide);
  return null;
}

function reply(message: Reply): void {
  process.send?.(message);
}
