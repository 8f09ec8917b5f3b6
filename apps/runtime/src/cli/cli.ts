/** The command `holdfast`: its commands, and the one way in which all of them fail. */
import { Command, CommanderError } from "commander";
import { VERSION } from "../version.ts";
import { CliError } from "./cli-error.ts";
import { COMMANDS } from "./all-commands.ts";
import { createTools } from "./command.ts";
import { oneLine } from "./table.ts";
import { tellFailure } from "./tell-failure.ts";
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
  for (const command of COMMANDS) program.addCommand(command(tools));
  const json = args.includes("--json");
  forAll(program, (command) => {
    command.exitOverride();
    command.configureOutput({
      writeOut: (text) => io.out(text.trimEnd()),
      // With --json nothing but the error's own line is told; what it would say here stands in the error thrown.
      writeErr: (text) => {
        if (!json) io.err(text.trimEnd());
      },
    });
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return 0;
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      tellFailure(error, json, io);
      return 1;
    }
    if (error.exitCode === 0) return 0;
    if (json) tellFailure(new CliError("usage", usageOf(error)), json, io);
    return 2;
  }
}

/** What was not understood, in one line. */
function usageOf({ code, message }: CommanderError): string {
  if (code === "commander.help") return "a command is missing (holdfast --help lists the commands)";
  return oneLine(message.replace(/^error: /, ""));
}

function forAll(command: Command, act: (command: Command) => void): void {
  act(command);
  for (const inner of command.commands) forAll(inner, act);
}
