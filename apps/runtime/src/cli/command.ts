/** What every command has: its way to the world, to the server, and its two ways of telling. */
import { Command } from "commander";
import type { CliIo } from "./io.ts";
import { ApiClient } from "./client.ts";
import { resolveConnection, type ConnectionOptions } from "./connection.ts";

export interface Tools {
  readonly io: CliIo;
  /** Tells a result: as JSON with `--json`, else as the lines for a person. */
  readonly tell: (options: { readonly json?: boolean }, result: unknown, lines: () => readonly string[]) => void;
  readonly connect: (options: ConnectionOptions) => Promise<ApiClient>;
}

export interface CommonOptions {
  readonly json?: boolean;
}

export type ServerOptions = CommonOptions & ConnectionOptions;

export function createTools(io: CliIo): Tools {
  return {
    io,
    tell: (options, result, lines) => {
      if (options.json === true) io.out(JSON.stringify(result, null, 2));
      else for (const line of lines()) io.out(line);
    },
    connect: async (options) => new ApiClient(await resolveConnection(io, options)),
  };
}

/** A command that works by itself. */
export const localCommand = (name: string, description: string): Command =>
  new Command(name).description(description).option("--json", "tell the result as JSON");

/** A command that talks to a server. */
export const serverCommand = (name: string, description: string): Command =>
  localCommand(name, description)
    .option("--url <url>", "the server (HOLDFAST_URL, or the demo in .holdfast)")
    .option("--key <key>", "the API key (HOLDFAST_API_KEY, or the demo's)");

/** A command of commands. It takes no options of its own: what it does not know goes to its default command. */
export const groupCommand = (name: string, description: string): Command => new Command(name).description(description);
