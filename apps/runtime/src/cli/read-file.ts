import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { CliError } from "./cli-error.ts";
import type { CliIo } from "./io.ts";

/** @throws CliError `no_file` or `broken_json`, with the line and column. */
export async function readJsonFile(io: CliIo, file: string): Promise<unknown> {
  const text = file === "-" ? await io.stdin() : await readFile(resolve(io.cwd, file), "utf8").catch(explainFile(file));
  return parseJsonText(text, file === "-" ? "standard input" : file);
}

/** JSON told on the command line: itself, `@FILE`, or `-` for standard input. */
export async function readJsonArgument(io: CliIo, text: string, option: string): Promise<unknown> {
  if (text === "-") return readJsonFile(io, "-");
  return text.startsWith("@") ? readJsonFile(io, text.slice(1)) : parseJsonText(text, option);
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "there is no such file"],
  ["EACCES", "it may not be read"],
  ["EISDIR", "it is a folder"],
  ["EEXIST", "it is there already"],
]);

/** For reading or writing it. @throws CliError `no_file` */
export const explainFile =
  (file: string) =>
  (error: unknown): never => {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    const reason = typeof code === "string" ? (REASONS.get(code) ?? code) : String(error);
    throw new CliError("no_file", `${file}: ${reason}`);
  };

function parseJsonText(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    const position = Number(/position (\d+)/.exec(message)?.[1] ?? Number.NaN);
    const before = Number.isNaN(position) ? undefined : text.slice(0, position).split("\n");
    const where = before === undefined ? "" : `:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
    throw new CliError("broken_json", `${name}${where} is not JSON: ${message.replace(/ \(line.*$/, "")}`);
  }
}
