/** Texts with separated values, read and written as RFC 4180 and the world's spreadsheets have them. */
import { CsvError, parse } from "csv-parse/sync";
import { FileError } from "./file-error.ts";
import type { Cell, FileRow } from "./table.ts";

export const DELIMITERS = { comma: ",", semicolon: ";", tab: "\t" } as const;
export type Delimiter = keyof typeof DELIMITERS;

/** @param delimiter left out: the one that the first line has most of @throws FileError */
export function readCsv(
  text: string,
  { delimiter, rows }: { readonly delimiter: Delimiter | undefined; readonly rows: number },
): readonly FileRow[] {
  // Spreadsheets tell the mark in a line of its own, which is no row.
  const [line = "", told] = /^\uFEFF?sep=(.)(?:\r?\n|$)/i.exec(text) ?? [];
  const content = text.slice(line.length);
  try {
    const table: FileRow[] = [];
    parse(content, {
      bom: true,
      delimiter: delimiter === undefined ? (told ?? likelyDelimiter(content)) : DELIMITERS[delimiter],
      relax_column_count: true,
      skip_empty_lines: true,
      to: rows + 2,
      on_record(cells: string[], { records, empty_lines: empty }) {
        table.push({ number: records + empty, cells });
        return null;
      },
    });
    if (table.length > rows + 1) throw new FileError(`There are more than ${rows} rows.`);
    return table;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new FileError(`This is no CSV: ${error.message}.`);
  }
}

function likelyDelimiter(text: string): string {
  const [line = ""] = text.replaceAll(/"[^"]*"/g, "").split(/\r?\n/, 1);
  const count = (mark: string): number => line.split(mark).length;
  return Object.values(DELIMITERS).toSorted((a, b) => count(b) - count(a))[0] ?? ",";
}

/** What spreadsheets would take for a formula, or for the end of a cell that they took apart. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const NUMBER = /^[-+]?\d+(?:[.,]\d+)?$/;

/**
 * A text that a spreadsheet would calculate gets an apostrophe before it, as people write one there: what a customer
 * typed in must not become a command on somebody's computer.
 */
export function csvText(
  table: readonly (readonly Cell[])[],
  { delimiter, decimalComma }: { readonly delimiter: Delimiter; readonly decimalComma: boolean },
): string {
  const mark = DELIMITERS[delimiter];
  const written = (cell: Cell): string => {
    if (cell === null) return "";
    if (typeof cell === "number") return decimalComma ? String(cell).replace(".", ",") : String(cell);
    if (typeof cell === "boolean") return String(cell);
    return FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
  };
  const quoted = (text: string): string =>
    /["\r\n]/.test(text) || text.includes(mark) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
  return table.map((cells) => `${cells.map((cell) => quoted(written(cell))).join(mark)}\r\n`).join("");
}
