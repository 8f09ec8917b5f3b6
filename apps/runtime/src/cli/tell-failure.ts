import { ConfigError } from "../config/config.ts";
import { EmbeddedPostgresError } from "../embedded-postgres/index.ts";
import { PackageError } from "../packages/package-error.ts";
import { Problem } from "../problem/problem.ts";
import { CliError } from "./cli-error.ts";
import type { CliIo } from "./io.ts";
import { reasonOf } from "./reason.ts";
import { oneLine } from "./table.ts";

/** One clear line, and a line for each of several things that are wrong. */
export function tellFailure(error: unknown, json: boolean, io: CliIo): void {
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
  if (error instanceof PackageError) {
    return { code: "packages_invalid", message: error.lines.join("; "), issues: [] };
  }
  if (error instanceof EmbeddedPostgresError) return { code: error.code, message: error.message, issues: [] };
  return { code: "failed", message: reasonOf(error) || "something went wrong", issues: [] };
}
