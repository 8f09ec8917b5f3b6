import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { readConfig } from "../config/config.ts";
import { ROLE } from "../embedded-postgres/index.ts";
import { CliError } from "./cli-error.ts";
import type { CliIo } from "./io.ts";

/** DATABASE_URL, or the embedded server of a data folder. @throws CliError `no_database` */
export async function findDatabaseUrl(io: CliIo, data: string): Promise<string> {
  const told = readConfig(io.env).databaseUrl?.reveal();
  if (told !== undefined) return told;
  const dir = resolve(io.cwd, data);
  const [password, port] = await Promise.all([read(join(dir, "postgres.password")), read(join(dir, "postgres.port"))]);
  if (password === undefined || port === undefined) {
    throw new CliError(
      "no_database",
      `tell the database with DATABASE_URL, or its folder with --data; there is none in ${dir}`,
    );
  }
  return `postgres://${ROLE}:${encodeURIComponent(password)}@127.0.0.1:${port}/${ROLE}`;
}

const read = async (file: string): Promise<string | undefined> => {
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text?.trim();
};
