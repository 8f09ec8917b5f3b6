/** `holdfast tasks`: working on them with others. */
import { readFile, writeFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { Command } from "commander";
import { z } from "zod";
import { nothing, task } from "../answers.ts";
import { at } from "../client.ts";
import { CliError } from "../cli-error.ts";
import { serverCommand, type ServerOptions, type Tools } from "../command.ts";
import { explainFile } from "../read-file.ts";

interface DelegateOptions extends ServerOptions {
  readonly handOver?: boolean;
  readonly until?: string;
  readonly reason?: string;
}

const made = z.looseObject({ id: z.string() });

const decisions = z.looseObject({
  items: z.array(
    z.looseObject({
      taskId: z.string(),
      decision: z.looseObject({ decided: z.boolean() }).optional(),
      problem: z.looseObject({ code: z.string(), title: z.string() }).optional(),
    }),
  ),
});

export function addTogetherCommands(tasks: Command, tools: Tools): void {
  addGivingCommands(tasks, tools);
  addTalkCommands(tasks, tools);
}

function addGivingCommands(tasks: Command, tools: Tools): void {
  tasks.addCommand(
    serverCommand("decide-many", "give several tasks of one step the same answer")
      .argument("<outcome>")
      .argument("<tasks...>")
      .option("-c, --comment <text>", "why")
      .action(async (outcome: string, ids: string[], options: ServerOptions & { readonly comment?: string }) => {
        const client = await tools.connect(options);
        const body = { outcome, tasks: ids.map((id) => ({ id })), comment: options.comment };
        const answer = await client.call(decisions, "/tasks/decisions", { method: "POST", body });
        tools.tell(options, answer, () =>
          answer.items.map(({ taskId, decision, problem }) =>
            problem === undefined
              ? `${taskId}  ${decision?.decided === false ? "answered, more people are needed" : `decided: ${outcome}`}`
              : `${taskId}  ${problem.code}: ${problem.title}`,
          ),
        );
        const refused = answer.items.filter(({ problem }) => problem !== undefined).length;
        if (refused > 0) throw new CliError("not_all_decided", `${refused} of ${ids.length} were not decided`);
      }),
  );
  tasks.addCommand(
    serverCommand("claim", "keep a task for oneself for eight hours")
      .argument("<task>")
      .action(async (id: string, options: ServerOptions) => {
        const client = await tools.connect(options);
        const answer = await client.call(task, at`/tasks/${id}/claim`, { method: "POST" });
        tools.tell(options, answer, () => ["Yours for eight hours"]);
      }),
  );
  tasks.addCommand(
    serverCommand("release", "let others have a task that was claimed")
      .argument("<task>")
      .action(async (id: string, options: ServerOptions) => {
        const client = await tools.connect(options);
        const answer = await client.call(task, at`/tasks/${id}/release`, { method: "POST" });
        tools.tell(options, answer, () => ["Released"]);
      }),
  );
  tasks.addCommand(
    serverCommand("delegate", "let somebody decide on one's behalf, or instead of oneself")
      .argument("<task>")
      .argument("<person>", "e-mail address or id")
      .option("--hand-over", "instead of oneself")
      .option("--until <time>", "ISO 8601; otherwise as long as the task is open")
      .option("--reason <text>", "why")
      .action(async (id: string, to: string, options: DelegateOptions) => {
        const client = await tools.connect(options);
        const { handOver, until, reason } = options;
        const body = { to, kind: handOver === true ? "handOver" : "delegate", until, reason };
        const answer = await client.call(task, at`/tasks/${id}/delegate`, { method: "POST", body });
        tools.tell(options, answer, () => [handOver === true ? `Handed over to ${to}` : `${to} may decide for you`]);
      }),
  );
  tasks.addCommand(
    serverCommand("end-delegation", "take a task back that was given, or give it back")
      .argument("<task>")
      .action(async (id: string, options: ServerOptions) => {
        const client = await tools.connect(options);
        await client.call(nothing, at`/tasks/${id}/delegate`, { method: "DELETE" });
        tools.tell(options, { id }, () => ["Ended"]);
      }),
  );
}

function addTalkCommands(tasks: Command, tools: Tools): void {
  tasks.addCommand(
    serverCommand("comment", "say something about an open task")
      .argument("<task>")
      .argument("<text>")
      .action(async (id: string, text: string, options: ServerOptions) => {
        const client = await tools.connect(options);
        const answer = await client.call(made, at`/tasks/${id}/comments`, { method: "POST", body: { text } });
        tools.tell(options, answer, () => ["Said"]);
      }),
  );
  tasks.addCommand(
    serverCommand("attach", "attach a file to an open task")
      .argument("<task>")
      .argument("<file>")
      .option("--type <type>", "its media type, where its first bytes do not tell")
      .action(async (id: string, file: string, options: ServerOptions & { readonly type?: string }) => {
        const content = await readFile(resolve(tools.io.cwd, file)).catch(explainFile(file));
        const client = await tools.connect(options);
        const body = { name: basename(file), type: options.type, content: content.toString("base64") };
        const answer = await client.call(made, at`/tasks/${id}/files`, { method: "POST", body });
        tools.tell(options, answer, () => [answer.id]);
      }),
  );
  tasks.addCommand(
    serverCommand("download", "write a task's file into a file")
      .argument("<task>")
      .argument("<file>", "its id")
      .argument("<to>")
      .action(async (id: string, file: string, to: string, options: ServerOptions) => {
        const client = await tools.connect(options);
        const content = await client.download(at`/tasks/${id}/files/${file}`);
        // What is there already is not written over.
        await writeFile(resolve(tools.io.cwd, to), content, { flag: "wx" }).catch(explainFile(to));
        tools.tell(options, { id: file, bytes: content.length, file: to }, () => [`${content.length} bytes in ${to}`]);
      }),
  );
}
