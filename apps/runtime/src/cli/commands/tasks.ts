import type { Command } from "commander";
import { z } from "zod";
import { nothing, page, task } from "../answers.ts";
import { at } from "../client.ts";
import { groupCommand, serverCommand, type ServerOptions, type Tools } from "../command.ts";
import { readJsonArgument } from "../read-file.ts";
import { table } from "../table.ts";
import { addTogetherCommands } from "./tasks-together.ts";

interface DecideOptions extends ServerOptions {
  readonly data?: string;
  readonly comment?: string;
}

/** `holdfast tasks`: people's work, seen and decided from a terminal. */
export function tasksCommand(tools: Tools): Command {
  const tasks = groupCommand("tasks", "list, show and decide tasks");
  tasks.addCommand(
    serverCommand("list", "list tasks, the oldest first")
      .option("--status <status>", "open, decided, expired or canceled", "open")
      .option("--run <run>", "tasks of this run")
      .action(async (options: ServerOptions & { readonly status: string; readonly run?: string }) => {
        const client = await tools.connect(options);
        const { status, run } = options;
        const answer = await client.call(page(task), "/tasks", { query: { status, run, limit: "200" } });
        tools.tell(options, answer, () => [
          ...(answer.items.length === 0 ? ["No tasks."] : []),
          ...table(
            ["TASK", "TITLE", "DUE", "OUTCOMES"],
            answer.items.map((item) => [item.id, item.title, item.dueAt ?? "", item.outcomes.join(" ")]),
          ),
        ]);
      }),
    { isDefault: true },
  );
  tasks.addCommand(
    serverCommand("show", "show a task")
      .argument("<task>")
      .action(async (id: string, options: ServerOptions) => {
        const client = await tools.connect(options);
        const shown = await client.call(task, at`/tasks/${id}`);
        tools.tell(options, shown, () => [
          `${shown.title}  (${shown.status})`,
          ...(shown.aiOffline
            ? ["AI  offline: no language model is set up, so what follows was made up by rules"]
            : []),
          ...Object.entries(shown.context).map(([name, value]) => `${name}  ${JSON.stringify(value)}`),
          ...(shown.claimedBy === null ? [] : [`claimed by  ${shown.claimedBy.name}`]),
          ...shown.votes.map(({ by, outcome }) => `${by.name ?? by.id}  ${outcome}`),
          ...shown.comments.map(({ by, text }) => `${by.name ?? by.id}  says  ${text}`),
          ...shown.files.map((file) => `file  ${file.id}  ${file.name}  ${file.size} bytes`),
          `decide  ${shown.outcomes.join(" or ")}, with ${JSON.stringify(shown.prefill)} unless told otherwise`,
        ]);
      }),
  );
  tasks.addCommand(
    serverCommand("decide", "decide a task, as the key's person")
      .argument("<task>")
      .argument("<outcome>")
      .option("-d, --data <json>", "the form: JSON, @FILE, or - for standard input")
      .option("-c, --comment <text>", "why")
      .action(async (id: string, outcome: string, options: DecideOptions) => {
        const data = options.data === undefined ? undefined : await readJsonArgument(tools.io, options.data, "--data");
        const client = await tools.connect(options);
        const decided = await client.call(
          z.looseObject({ id: z.string(), outcome: z.string(), decided: z.boolean() }),
          at`/tasks/${id}/decision`,
          { method: "POST", body: { outcome, data, comment: options.comment } },
        );
        tools.tell(options, decided, () => [
          decided.decided ? `Decided: ${decided.outcome}` : `Answered: ${decided.outcome}. More people have to agree`,
        ]);
      }),
  );
  tasks.addCommand(
    serverCommand("take-back", "take one's decision back before it takes effect")
      .argument("<task>")
      .action(async (id: string, options: ServerOptions) => {
        const client = await tools.connect(options);
        await client.call(nothing, at`/tasks/${id}/decision`, { method: "DELETE" });
        tools.tell(options, { id, status: "open" }, () => ["Taken back: the task is open again"]);
      }),
  );
  addTogetherCommands(tasks, tools);
  return tasks;
}
