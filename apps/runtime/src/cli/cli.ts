/** The command `holdfast`: its commands, and the one way in which all of them fail. */
import { Command, CommanderError } from "commander";
import { ConfigError } from "../config/config.ts";
import { EmbeddedPostgresError } from "../embedded-postgres/index.ts";
import { Problem } from "../problem/problem.ts";
import { VERSION } from "../version.ts";
import { CliError } from "./cli-error.ts";
import { createTools } from "./command.ts";
import { deployCommand } from "./commands/deploy.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { incidentsCommand } from "./commands/incidents.ts";
import { keysCommand } from "./commands/keys.ts";
import { runsCommand } from "./commands/runs.ts";
import { sendCommand } from "./commands/send.ts";
import { serverCommandOfOne } from "./commands/server.ts";
import { startCommand } from "./commands/start.ts";
import { tasksCommand } from "./commands/tasks.ts";
import { testCommand } from "./commands/test.ts";
import { upCommand } from "./commands/up.ts";
import { validateCommand } from "./commands/validate.ts";
import { workerCommand } from "./commands/worker.ts";
import { oneLine } from "./table.ts";
import type { CliIo } from "./io.ts";

/**
 * Runs one command.
 * @param args Without the program's name.
 * @returns The exit code: 0; 1 if it could not do what it was asked; 2 if it was not understood.
 */
export async function runCli(args: readonly string[], io: CliIo): Promise<number> {
  const tools = createTools(io);
  const program = new Command("holdfast")
    .description("Run flows that last: seconds of computing, days of waiting.")
    .version(VERSION)
    .showHelpAfterError("(holdfast --help lists the commands)");
  const commands = [
    upCommand,
    serverCommandOfOne,
    workerCommand,
    validateCommand,
    testCommand,
    deployCommand,
    startCommand,
    sendCommand,
    runsCommand,
    tasksCommand,
    incidentsCommand,
    keysCommand,
    doctorCommand,
  ];
  for (const command of commands) program.addCommand(command(tools));
  forAll(program, (command) => {
    command.exitOverride();
    command.configureOutput({ writeOut: (text) => io.out(text.trimEnd()), writeErr: (text) => io.err(text.trimEnd()) });
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    fail(error, args.includes("--json"), io);
    return 1;
  }
}

function forAll(command: Command, act: (command: Command) => void): void {
  act(command);
  for (const inner of command.commands) forAll(inner, act);
}

/** One clear line, and a line for each of several things that are wrong. */
function fail(error: unknown, json: boolean, io: CliIo): void {
  const { code, message, issues } = explain(error);
  if (json) {
    io.err(JSON.stringify({ error: { code, message, ...(issues.length === 0 ? {} : { issues }) } }));
    return;
  }
  io.err(`holdfast: ${oneLine(message)}`);
  for (const issue of issues) io.err(`  ${oneLine(`${issue.pointer === "" ? "/" : issue.pointer}  ${issue.message}`)}`);
}

function explain(error: unknown): Pick<CliError, "code" | "message" | "issues"> {
  if (error instanceof CliError || error instanceof Problem) return error;
  if (error instanceof ConfigError) {
    return { code: "config_invalid", message: error.lines.join("; "), issues: [] };
  }
  if (error instanceof EmbeddedPostgresError) return { code: error.code, message: error.message, issues: [] };
  const message =
    error instanceof AggregateError ? String(error.errors[0]) : error instanceof Error ? error.message : String(error);
  return { code: "failed", message: message === "" ? "something went wrong" : message, issues: [] };
}
