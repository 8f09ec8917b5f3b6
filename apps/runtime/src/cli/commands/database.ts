import type { Command } from "commander";
import { FlowRoleError, makeFlowRole } from "../../database/flow-role.ts";
import { CliError } from "../cli-error.ts";
import { groupCommand, localCommand, type CommonOptions, type Tools } from "../command.ts";
import { findDatabaseUrl } from "../database-url.ts";

/** `holdfast database`: what flows need in the database of their runs. */
export function databaseCommand(tools: Tools): Command {
  const database = groupCommand("database", "let flows use the database of their runs");
  database.addCommand(
    localCommand("role", "make a role for flows, with a schema for its tables; its address is told once")
      .argument("<name>")
      .option("--data <dir>", "the folder of holdfast up, where DATABASE_URL is not set", ".holdfast")
      .action(async (name: string, options: CommonOptions & { readonly data: string }) => {
        const address = await made(await findDatabaseUrl(tools.io, options.data), name);
        tools.tell(options, { role: name, schema: name, address }, () => [address]);
      }),
  );
  return database;
}

async function made(databaseUrl: string, name: string): Promise<string> {
  try {
    return await makeFlowRole(databaseUrl, name);
  } catch (error) {
    throw error instanceof FlowRoleError ? new CliError(error.code, error.message) : error;
  }
}
