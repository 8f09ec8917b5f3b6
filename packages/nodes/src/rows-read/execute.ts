/** The executor of `rows.read`. */
import { Buffer } from "node:buffer";
import { isJsonObject, type Json } from "@holdfast/dsl";
import type { z } from "zod";
import type { ActionContext } from "../action.ts";
import { defineNode } from "../define-node.ts";
import type { AttachedFiles } from "../files.ts";
import { fatal, output } from "../outcome.ts";
import { readCsv } from "../rows/csv.ts";
import { FileError } from "../rows/file-error.ts";
import { type FileRow, type RowProblem, rowsOf } from "../rows/table.ts";
import { readSheet } from "../rows/xlsx-read.ts";
import { schemaChecker } from "../schema/checker.ts";
import { rowsReadInfo } from "./definition.ts";

type Params = z.output<(typeof rowsReadInfo)["params"]>;

const MOST_BYTES = 8 * 1024 * 1024;
const MOST_PROBLEMS = 100;
const check = schemaChecker();

/** `rows.read` */
export const rowsRead = defineNode({
  ...rowsReadInfo,
  async execute({ params, files }: ActionContext<Params>) {
    try {
      const table = await tableIn(params, files);
      const { header, columns, decimalComma, dateFormat, rowSchema } = params;
      const read = rowsOf(table, { header, columns, decimalComma, dateFormat });
      const problems: RowProblem[] = [...read.problems];
      const rows: Json[] = [];
      for (const { number, row } of read.rows) {
        const problem = rowSchema && check(rowSchema, row);
        if (problem === undefined) rows.push(row);
        else problems.push({ row: number, column: firstOf(problem.pointer), message: problem.message });
      }
      problems.sort((a, b) => a.row - b.row);
      const [first] = problems;
      if (first !== undefined && params.onProblem === "fail") return refused(first, problems);
      return output({
        rows,
        rowCount: rows.length,
        columns: [...read.columns],
        problems: problems.slice(0, MOST_PROBLEMS).map((problem) => ({ ...problem })),
      });
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      return fatal("file_invalid", error.message, { pointer: "/params/data" });
    }
  },
});

/** The field that a pointer begins with. */
const firstOf = (pointer: string): string => pointer.split("/")[1] ?? "";

function refused(first: RowProblem, problems: readonly RowProblem[]): ReturnType<typeof fatal> {
  const more = problems.length === 1 ? "" : ` ${problems.length - 1} more do not fit either.`;
  const where = first.column === "" ? `Row ${first.row}:` : `Row ${first.row}, column “${first.column}”`;
  return fatal("row_invalid", `${where} ${first.message.replace(/\.$/, "")}.${more}`, {
    pointer: "/params/data",
    details: { problems: problems.slice(0, 20).map((problem) => ({ ...problem })) },
  });
}

async function tableIn(params: Params, files: AttachedFiles): Promise<readonly FileRow[]> {
  const { data, format, delimiter, charset, maxRows, sheet } = params;
  if (format === "csv" && typeof data === "string" && !looksLikeBase64(data)) {
    if (data.length > MOST_BYTES) throw tooLarge();
    return readCsv(data, { delimiter, rows: maxRows });
  }
  const content = await contentOf(data, files);
  if (content.length > MOST_BYTES) throw tooLarge();
  if (format === "xlsx") return readSheet(content, sheet, { rows: maxRows });
  return readCsv(decoded(content, charset), { delimiter, rows: maxRows });
}

const tooLarge = (): FileError => new FileError("The file is over the limit of 8 MiB.");

function decoded(content: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(content);
  } catch {
    throw new FileError(`The file's characters are not ${charset}. Choose others under “Characters”.`);
  }
}

/** A CSV has line breaks, marks and spaces; Base64 has none of them. */
const looksLikeBase64 = (text: string): boolean =>
  text.length >= 16 && text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);

async function contentOf(data: Json, files: AttachedFiles): Promise<Uint8Array> {
  if (typeof data === "string") {
    if (/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(data)) return Buffer.from(data, "base64");
    throw new FileError("The data is neither Base64 nor a file. An Excel file comes in Base64, or from a task.");
  }
  const id = isJsonObject(data) ? data["id"] : undefined;
  if (typeof id !== "string") throw new FileError("The data is neither text nor a file of a task.");
  const file = await files.read(id);
  if (file === undefined) throw new FileError("The file is not there any more, or is none of this run.");
  return file.content;
}
