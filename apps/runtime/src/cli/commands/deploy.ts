import { isSafeJson, valueAt } from "@holdfast/dsl";
import type { Command } from "commander";
import { z } from "zod";
import { CliError } from "../cli-error.ts";
import { at, type ApiClient } from "../client.ts";
import { serverCommand, type ServerOptions, type Tools } from "../command.ts";
import { readJsonFile } from "../read-file.ts";
import { oneLine } from "../table.ts";

const document = z.looseObject({ id: z.string() });

const published = z.looseObject({
  flow: z.string(),
  version: z.int(),
  created: z.boolean(),
  warnings: z.array(z.looseObject({ code: z.string(), pointer: z.string(), message: z.string() })),
});

type Document = z.output<typeof document>;
type Published = z.output<typeof published>;

/** `holdfast deploy`: publishes documents, one after the other. */
export const deployCommand = (tools: Tools): Command =>
  serverCommand("deploy", "publish flows; new runs take them from now on")
    .argument("<files...>")
    .action(async (files: readonly string[], options: ServerOptions) => {
      const documents: Document[] = [];
      for (const file of files) documents.push(await readDocument(tools, file));
      const client = await tools.connect(options);
      const known = new Set(documents.map(({ id }) => id));
      const done: Published[] = [];
      for (const body of documents) {
        const answer = await publish(client, body, done);
        // What comes with the same command is there when the command is done.
        done.push({ ...answer, warnings: answer.warnings.filter((warning) => !isAbout(known, body, warning)) });
      }
      tools.tell(options, done.length === 1 ? done[0] : done, () => done.flatMap(linesOf));
    });

async function readDocument(tools: Tools, file: string): Promise<Document> {
  const body = await readJsonFile(tools.io, file);
  const { data } = document.safeParse(body);
  if (data === undefined) throw new CliError("no_id", `${file} is not a flow: it has no id`);
  return data;
}

/** @throws CliError that names what is live already, as that stays so */
async function publish(client: ApiClient, body: Document, before: readonly Published[]): Promise<Published> {
  try {
    return await client.call(published, at`/flows/${body.id}`, { method: "PUT", body });
  } catch (error) {
    if (!(error instanceof CliError) || before.length === 0) throw error;
    const live = before.map(({ flow }) => flow).join(", ");
    throw new CliError(error.code, `${body.id}: ${error.message} (published before it: ${live})`, error.issues);
  }
}

function isAbout(known: ReadonlySet<string>, body: Document, warning: Published["warnings"][number]): boolean {
  if (warning.code !== "unknown_flow" || !isSafeJson(body)) return false;
  const named = valueAt(body, warning.pointer);
  return typeof named === "string" && known.has(named);
}

const linesOf = ({ flow, version, created, warnings }: Published): readonly string[] => [
  created ? `${flow} version ${version} is live` : `${flow} does the same as version ${version}, which stays live`,
  ...warnings.map(({ pointer, message }) => oneLine(`  warning  ${pointer}  ${message}`)),
];
