import type { Command } from "commander";
import { z } from "zod";
import { serverCommand, type ServerOptions, type Tools } from "../command.ts";
import { readJsonArgument } from "../read-file.ts";

/** `holdfast send`: sends an event. */
export const sendCommand = (tools: Tools): Command =>
  serverCommand("send", "send an event")
    .argument("<event>", "its name, such as support/refund.requested")
    .option("-d, --data <json>", "its data: JSON, @FILE, or - for standard input", "{}")
    .option("--id <id>", "the sender's id: the same again is ignored")
    .action(async (name: string, options: ServerOptions & { readonly data: string; readonly id?: string }) => {
      const data = await readJsonArgument(tools.io, options.data, "--data");
      const client = await tools.connect(options);
      const accepted = await client.call(z.looseObject({ ids: z.array(z.string()) }), "/events", {
        method: "POST",
        body: { name, data, id: options.id },
      });
      tools.tell(options, accepted, () => accepted.ids);
    });
