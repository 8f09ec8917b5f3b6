import type { Command } from "commander";
import { z } from "zod";
import { CliError } from "../cli-error.ts";
import { at } from "../client.ts";
import { serverCommand, type ServerOptions, type Tools } from "../command.ts";
import { readJsonFile } from "../read-file.ts";

const document = z.looseObject({ id: z.string() });

/** `holdfast deploy`: publishes a document. */
export const deployCommand = (tools: Tools): Command =>
  serverCommand("deploy", "publish a flow; new runs take it from now on")
    .argument("<file>")
    .action(async (file: string, options: ServerOptions) => {
      const body = await readJsonFile(tools.io, file);
      const { data } = document.safeParse(body);
      if (data === undefined) throw new CliError("no_id", `${file} is not a flow: it has no id`);
      const client = await tools.connect(options);
      const published = await client.call(
        z.looseObject({ flow: z.string(), version: z.int(), created: z.boolean() }),
        at`/flows/${data.id}`,
        { method: "PUT", body },
      );
      const { flow, version, created } = published;
      tools.tell(options, published, () => [
        created
          ? `${flow} version ${version} is live`
          : `${flow} does the same as version ${version}, which stays live`,
      ]);
    });
