import { validateFlow, type FlowDocument, type Issue, type NodeManifest } from "@holdfast/dsl";
import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { localCommand, type CommonOptions, type Tools } from "../command.ts";
import { loadNodePackages } from "../../packages/node-packages.ts";
import type { CliIo } from "../io.ts";
import { readJsonFile } from "../read-file.ts";
import { oneLine } from "../table.ts";

/** `holdfast validate`: everything that is wrong with a document, at once. */
export const validateCommand = (tools: Tools): Command =>
  localCommand("validate", "check a flow, without a server")
    .argument("<file>", "the document, or - for standard input")
    .action(async (file: string, options: CommonOptions) => {
      const { issues } = validateFlow(await readJsonFile(tools.io, file), await manifestsOf(tools.io));
      const valid = !issues.some((issue) => issue.severity === "error");
      tools.tell(options, { valid, issues }, () => [...issues.map(issueLine), ...(valid ? [`${file} is valid`] : [])]);
      if (!valid) throw refusal(file, issues);
    });

/** Of the built-in node types, and of the packages that the workspace names. @throws PackageError */
export async function manifestsOf({ cwd }: Pick<CliIo, "cwd">): Promise<readonly NodeManifest[]> {
  const { registry } = await loadNodePackages({ dir: cwd });
  return registry.list;
}

/** A document that can be walked. @throws CliError `flow_invalid` with everything that is wrong. */
export function requireValid(file: string, input: unknown, manifests: readonly NodeManifest[]): FlowDocument {
  const { flow, issues } = validateFlow(input, manifests);
  if (flow !== undefined && !issues.some((issue) => issue.severity === "error")) return flow;
  throw refusal(file, issues, true);
}

function refusal(file: string, issues: readonly Issue[], withIssues = false): CliError {
  const errors = issues.filter((issue) => issue.severity === "error");
  const count = errors.length === 1 ? "1 error" : `${errors.length} errors`;
  return new CliError("flow_invalid", `${file} has ${count}`, withIssues ? errors : []);
}

const issueLine = ({ severity, pointer, code, message, hint }: Issue): string =>
  oneLine(
    `${severity}  ${pointer === "" ? "/" : pointer}  ${message}${hint === undefined ? "" : ` ${hint}`}  (${code})`,
  );
