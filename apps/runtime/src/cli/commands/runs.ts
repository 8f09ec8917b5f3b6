import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Command } from "commander";
import { at } from "../client.ts";
import { groupCommand, serverCommand, type ServerOptions, type Tools } from "../command.ts";
import { fullRun, page, run, runRecord, step } from "../answers.ts";
import { CliError } from "../cli-error.ts";
import { reasonOf } from "../reason.ts";
import { table } from "../table.ts";
import type { z } from "zod";

interface ListOptions extends ServerOptions {
  readonly flow?: string;
  readonly status?: string;
  readonly query?: string;
  readonly limit?: string;
  readonly cursor?: string;
}

const OPERATIONS = [
  ["pause", "pause a run: no new step starts"],
  ["resume", "let a paused run go on"],
  ["retry", "take a failed run up again at its failed nodes"],
] as const;

/** `holdfast runs`: look at runs and operate them. */
export function runsCommand(tools: Tools): Command {
  const runs = groupCommand("runs", "list, show and operate runs");
  runs.addCommand(listCommand(tools), { isDefault: true });
  runs.addCommand(showCommand(tools));
  runs.addCommand(recordCommand(tools));
  for (const [name, description] of OPERATIONS) {
    runs.addCommand(
      serverCommand(name, description)
        .argument("<run>")
        .action(async (id: string, options: ServerOptions) => {
          const client = await tools.connect(options);
          const answer = await client.call(fullRun, at`/runs/${id}/` + name, { method: "POST" });
          tools.tell(options, answer, () => lines(answer));
        }),
    );
  }
  runs.addCommand(
    serverCommand("cancel", "cancel a run, and compensate what it did")
      .argument("<run>")
      .option("--terminate", "do not compensate")
      .action(async (id: string, options: ServerOptions & { readonly terminate?: boolean }) => {
        const client = await tools.connect(options);
        const body = { mode: options.terminate === true ? "terminate" : "cancel" };
        const answer = await client.call(fullRun, at`/runs/${id}/cancel`, { method: "POST", body });
        tools.tell(options, answer, () => lines(answer));
      }),
  );
  runs.addCommand(
    serverCommand("skip", "end a wait by hand, by one of its ports")
      .argument("<run>")
      .argument("<wait>")
      .argument("<port>")
      .action(async (id: string, wait: string, port: string, options: ServerOptions) => {
        const client = await tools.connect(options);
        const answer = await client.call(fullRun, at`/runs/${id}/waits/${wait}/skip`, {
          method: "POST",
          body: { port },
        });
        tools.tell(options, answer, () => lines(answer));
      }),
  );
  return runs;
}

function listCommand(tools: Tools): Command {
  return serverCommand("list", "list runs, the newest first")
    .option("--flow <flow>", "runs of this flow")
    .option("--status <status>", "one or several statuses, separated by commas")
    .option("-q, --query <text>", "text in the id, the idempotency key, the requester or the input")
    .option("--limit <number>", "how many at most")
    .option("--cursor <cursor>", "go on after the page before")
    .action(async (options: ListOptions) => {
      const client = await tools.connect(options);
      const { flow, status, query: q, limit, cursor } = options;
      const answer = await client.call(page(run), "/runs", { query: { flow, status, q, limit, cursor } });
      tools.tell(options, answer, () => [
        ...(answer.items.length === 0 ? ["No runs."] : []),
        ...table(
          ["RUN", "FLOW", "STATUS", "STARTED"],
          answer.items.map((item) => [item.id, `${item.flow}@${item.version}`, item.status, item.startedAt]),
        ),
        ...(answer.nextCursor === null ? [] : [`More: --cursor ${answer.nextCursor}`]),
      ]);
    });
}

interface RecordOptions extends ServerOptions {
  readonly html?: string;
  readonly language?: string;
  readonly timeZone?: string;
}

function recordCommand(tools: Tools): Command {
  return serverCommand("record", "export all that happened in a run: as a page to keep or print, or as JSON")
    .argument("<run>")
    .option("--html <file>", "write the page to this file; absent: tell the page itself")
    .option("--language <language>", "of the page: en or uk")
    .option("--time-zone <zone>", "for the times on the page, such as Europe/Kyiv; this computer's if left out")
    .action(async (id: string, options: RecordOptions) => {
      const client = await tools.connect(options);
      const timeZone = options.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
      const query = { language: options.language, timeZone };
      const { html, record } = await client.call(runRecord, at`/runs/${id}/record`, { query });
      if (options.html === undefined) {
        tools.tell(options, record, () => [html.trimEnd()]);
        return;
      }
      const file = resolve(tools.io.cwd, options.html);
      await writeFile(file, html).catch((error: unknown) => {
        throw new CliError("file_not_written", `${file} can't be written: ${reasonOf(error)}`);
      });
      tools.tell(options, { run: id, file }, () => [`The record is in ${file}`]);
    });
}

function showCommand(tools: Tools): Command {
  return serverCommand("show", "show a run, what it waits for, and its steps")
    .argument("<run>")
    .option("--wait <duration>", "answer when it has ended, or after this time")
    .action(async (id: string, options: ServerOptions & { readonly wait?: string }) => {
      const client = await tools.connect(options);
      const shown = await client.call(fullRun, at`/runs/${id}`, { query: { wait: options.wait } });
      const steps = await client.call(page(step), at`/runs/${id}/steps`, { query: { limit: "200" } });
      tools.tell(options, { ...shown, steps: steps.items }, () => [
        ...lines(shown),
        "",
        ...table(
          ["NODE", "ATTEMPT", "STATUS", "PORT", "STARTED"],
          steps.items.map(({ node, call, attempt, status, port, startedAt }) => [
            call === "main" ? node : `${node} (${call})`,
            String(attempt),
            status,
            port ?? "",
            startedAt,
          ]),
        ),
      ]);
    });
}

/** What asking language models took. */
function modelsText(models: NonNullable<z.infer<typeof fullRun>["models"]>): string {
  const { calls, tokens, costUsd, unpriced, looked, cached } = models;
  return [
    calls === 1 ? "1 call" : `${calls} calls`,
    `${tokens} tokens`,
    ...(costUsd === null ? [] : [`$${costUsd}`]),
    ...(unpriced === 0 ? [] : [`${unpriced} of unknown price`]),
    ...(looked === 0 ? [] : [`${cached} of ${looked} from the cache`]),
  ].join(", ");
}

/** A run in a few lines. */
export function lines(shown: z.infer<typeof fullRun>): string[] {
  const { id, flow, version, status, output, error, waits, models } = shown;
  return [
    `${id}  ${flow}@${version}  ${status}`,
    ...(output === null || output === undefined ? [] : [`output  ${JSON.stringify(output)}`]),
    ...(error === null ? [] : [`error   ${error.code}: ${error.message}`]),
    ...(models === null || models === undefined ? [] : [`models  ${modelsText(models)}`]),
    ...waits.map((wait) => {
      const what = wait.outcomes.map((outcome) => `${outcome.port} (${outcome.event})`).join(" or ") || wait.kind;
      return `waits   ${wait.node} for ${what}${wait.deadline === null ? "" : ` until ${wait.deadline}`}  ${wait.id}`;
    }),
  ];
}
