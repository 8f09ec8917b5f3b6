import type { Command } from "commander";
import { z } from "zod";
import { fullRun } from "../answers.ts";
import { at } from "../client.ts";
import { serverCommand, type ServerOptions, type Tools } from "../command.ts";
import { readJsonArgument } from "../read-file.ts";
import { CliError } from "../cli-error.ts";
import { lines } from "./runs.ts";

interface StartOptions extends ServerOptions {
  readonly input: string;
  readonly idempotencyKey?: string;
  readonly flowVersion?: string;
  readonly wait?: string;
}

/** `holdfast start`: starts a run of a flow. */
export const startCommand = (tools: Tools): Command =>
  serverCommand("start", "start a run of a flow")
    .argument("<flow>")
    .option("-i, --input <json>", "the input: JSON, @FILE, or - for standard input", "{}")
    .option("--idempotency-key <text>", "the same key again gives the first run")
    .option("--flow-version <number>", "this version instead of the live one")
    .option("--wait <duration>", "answer when it has ended, or after this time")
    .action(async (flow: string, options: StartOptions) => {
      const { idempotencyKey, flowVersion, wait } = options;
      if (flowVersion !== undefined && !/^[1-9]\d{0,8}$/.test(flowVersion)) {
        throw new CliError("usage", "--flow-version must be a version's number");
      }
      const input = await readJsonArgument(tools.io, options.input, "--input");
      const client = await tools.connect(options);
      const started = await client.call(
        z.looseObject({ runId: z.string(), created: z.boolean(), run: fullRun.optional() }),
        at`/flows/${flow}/runs`,
        {
          method: "POST",
          query: { wait },
          body: { input, idempotencyKey, version: flowVersion === undefined ? undefined : Number(flowVersion) },
        },
      );
      tools.tell(options, started, () => (started.run === undefined ? [started.runId] : lines(started.run)));
    });
