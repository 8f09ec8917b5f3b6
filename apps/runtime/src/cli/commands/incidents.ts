import type { Command } from "commander";
import { incident, page } from "../answers.ts";
import { at } from "../client.ts";
import { groupCommand, serverCommand, type ServerOptions, type Tools } from "../command.ts";
import { readJsonArgument } from "../read-file.ts";
import { table } from "../table.ts";

interface ResolveOptions extends ServerOptions {
  readonly port?: string;
  readonly output?: string;
}

/** `holdfast incidents`: what waits for a repair. */
export function incidentsCommand(tools: Tools): Command {
  const incidents = groupCommand("incidents", "list and resolve incidents");
  incidents.addCommand(
    serverCommand("list", "list incidents, the oldest first")
      .option("--status <status>", "open, resolved or canceled", "open")
      .option("--run <run>", "incidents of this run")
      .action(async (options: ServerOptions & { readonly status: string; readonly run?: string }) => {
        const client = await tools.connect(options);
        const { status, run } = options;
        const answer = await client.call(page(incident), "/incidents", { query: { status, run, limit: "200" } });
        tools.tell(options, answer, () => [
          ...(answer.items.length === 0 ? ["No incidents."] : []),
          ...table(
            ["INCIDENT", "RUN", "NODE", "KIND", "ERROR"],
            answer.items.map((item) => [item.id, item.runId, item.node, item.kind, item.error.message]),
          ),
        ]);
      }),
    { isDefault: true },
  );
  incidents.addCommand(
    serverCommand("resolve", "resolve an incident")
      .argument("<incident>")
      .argument("<action>", "retry (the same key again), complete (with an output), or fail")
      .option("--port <port>", "for complete: the port")
      .option("-o, --output <json>", "for complete: the step's output: JSON, @FILE, or - for standard input")
      .action(async (id: string, action: string, options: ResolveOptions) => {
        const output =
          options.output === undefined ? undefined : await readJsonArgument(tools.io, options.output, "--output");
        const client = await tools.connect(options);
        const resolved = await client.call(incident, at`/incidents/${id}/resolve`, {
          method: "POST",
          body: { action, port: options.port, output },
        });
        tools.tell(options, resolved, () => [`Resolved: ${action}`]);
      }),
  );
  return incidents;
}
