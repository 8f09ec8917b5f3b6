import { runCli } from "../../src/cli/cli.ts";

export interface CommandResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface CommandWorld {
  readonly env?: { readonly [name: string]: string | undefined };
  readonly cwd?: string;
  readonly stdin?: string;
}

/** Runs a command of the CLI in this process. */
export async function runCommand(args: readonly string[], world: CommandWorld = {}): Promise<CommandResult> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(args, {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    env: world.env ?? {},
    cwd: world.cwd ?? import.meta.dirname,
    stdin: async () => world.stdin ?? "",
  });
  return { code, out: out.join("\n"), err: err.join("\n") };
}
