/** Between cells in rows and columns, and rows with names. */
import { isJsonObject, type Json, type JsonObject } from "@holdfast/dsl";
import { FileError } from "./file-error.ts";

/** What stands in a cell. */
export type Cell = string | number | boolean | null;

/** A row of a file. */
export interface FileRow {
  /** As in the file, the first row being 1. */
  readonly number: number;
  readonly cells: readonly Cell[];
}

export type ColumnType = "text" | "number" | "integer" | "yesNo" | "date";

/** What is known of a column. */
export interface ColumnSpec {
  /** As it stands in the header. */
  readonly column: string;
  /** What the field of the row is called; left out: like the column. */
  readonly field?: string | undefined;
  readonly type: ColumnType;
  readonly required: boolean;
}

export interface ReadOptions {
  readonly header: boolean;
  /** Left out: all columns, as they are. */
  readonly columns: readonly ColumnSpec[] | undefined;
  readonly decimalComma: boolean;
  readonly dateFormat: keyof typeof DATE_FORMATS;
}

export interface RowProblem {
  /** As in the file, the first row being 1. */
  readonly row: number;
  readonly column: string;
  readonly message: string;
}

export interface ReadRows {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly number: number; readonly row: JsonObject }[];
  readonly problems: readonly RowProblem[];
}

/**
 * Rows that have a problem are not among the rows, and neither are empty ones: the header is the first that is not.
 * @throws FileError for a column that is not there
 */
export function rowsOf(file: readonly FileRow[], options: ReadOptions): ReadRows {
  const table = file.filter(({ cells }) => cells.some((cell) => cell !== null && cell !== ""));
  const width = table.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  const names = namesOf(options.header ? (table[0]?.cells ?? []) : [], width);
  const specs = options.columns?.map((spec) => ({ spec, at: placeOf(spec.column, names) }));
  const rows: { readonly number: number; readonly row: JsonObject }[] = [];
  const problems: RowProblem[] = [];
  for (const { number, cells } of options.header ? table.slice(1) : table) {
    const row: JsonObject = {};
    const before = problems.length;
    if (specs === undefined) for (const [at, name] of names.entries()) row[name] = cells[at] ?? null;
    for (const { spec, at } of specs ?? []) {
      const value = valueOf(cells[at] ?? null, spec, options);
      if (value instanceof Problem) problems.push({ row: number, column: spec.column, message: value.message });
      else row[spec.field ?? spec.column] = value;
    }
    if (problems.length === before) rows.push({ number, row });
  }
  return { columns: names, rows, problems };
}

/** Each column has a name of its own: empty ones their letter, later ones of the same name a number. */
function namesOf(header: readonly Cell[], width: number): readonly string[] {
  const names: string[] = [];
  for (let at = 0; at < width; at += 1) {
    const cell = header[at] ?? null;
    const wanted = cell === null || String(cell).trim() === "" ? `column${at + 1}` : String(cell).trim();
    let name = wanted;
    for (let count = 2; names.includes(name); count += 1) name = `${wanted} ${count}`;
    names.push(name);
  }
  return names;
}

function placeOf(column: string, names: readonly string[]): number {
  const fold = (text: string): string => text.trim().toLocaleLowerCase("en");
  const at = names.findIndex((name) => fold(name) === fold(column));
  if (at >= 0) return at;
  throw new FileError(`There is no column “${column}”. There are ${names.map((name) => `“${name}”`).join(", ")}.`);
}

class Problem {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

function valueOf(cell: Cell, { type, required }: ColumnSpec, options: ReadOptions): Json | Problem {
  const text = cell === null ? "" : String(cell).trim();
  if (text === "") return required ? new Problem("is empty") : null;
  switch (type) {
    case "text":
      return cell === null ? null : String(cell);
    case "number":
    case "integer": {
      const number = typeof cell === "number" ? cell : numberOf(text, options.decimalComma);
      if (number === undefined) return new Problem(`is ${shown(text)}, not a number`);
      return type === "integer" && !Number.isInteger(number) ? new Problem(`is ${text}, not a whole number`) : number;
    }
    case "yesNo":
      return YES_NO.get(text.toLowerCase()) ?? new Problem(`is ${shown(text)}, neither yes nor no`);
    case "date":
      return (
        dateOf(text, options.dateFormat) ?? new Problem(`is ${shown(text)}, not a date such as ${options.dateFormat}`)
      );
  }
}

const shown = (text: string): string => `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;

const YES_NO: ReadonlyMap<string, boolean> = new Map([
  ...["true", "yes", "y", "1", "так", "x"].map((word) => [word, true] as const),
  ...["false", "no", "n", "0", "ні", "-"].map((word) => [word, false] as const),
]);

/** Groups of three may stand apart, by spaces or by the mark that is not the decimal one. */
function numberOf(text: string, decimalComma: boolean): number | undefined {
  const [decimal, group] = decimalComma ? [",", "."] : [".", ","];
  const plain = text.replaceAll(/[\s\u00A0\u202F']/g, "").replaceAll(group, "");
  const shape = decimalComma ? /^[-+]?\d+(?:,\d+)?$/ : /^[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?$/i;
  if (!shape.test(plain)) return undefined;
  const number = Number(plain.replace(decimal, "."));
  return Number.isFinite(number) ? number : undefined;
}

export const DATE_FORMATS = {
  "YYYY-MM-DD": [/^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?:[T ].*)?$/],
  "DD.MM.YYYY": [/^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})$/],
  "DD/MM/YYYY": [/^(?<day>\d{1,2})\/(?<month>\d{1,2})\/(?<year>\d{4})$/],
  "MM/DD/YYYY": [/^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4})$/],
} as const;

/** Cells of a spreadsheet that are days come as ISO 8601, whatever the file's other texts look like. */
function dateOf(text: string, format: keyof typeof DATE_FORMATS): string | undefined {
  for (const pattern of [...DATE_FORMATS[format], ...DATE_FORMATS["YYYY-MM-DD"]]) {
    const { year, month, day } = pattern.exec(text)?.groups ?? {};
    if (year === undefined || month === undefined || day === undefined) continue;
    const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
    const at = new Date(`${iso}T00:00:00Z`);
    return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso) ? iso : undefined;
  }
  return undefined;
}

/** A column that is written. */
export interface WrittenColumn {
  readonly field: string;
  readonly title?: string | undefined;
}

/** The header and the rows. Without columns: every field that some row has, in the order in which they first come. */
export function tableOf(rows: readonly Json[], columns: readonly WrittenColumn[] | undefined): readonly Cell[][] {
  const objects = rows.map((row, index) => {
    if (isJsonObject(row)) return row;
    throw new FileError(`Row ${index + 1} is no object with fields.`);
  });
  const chosen: readonly WrittenColumn[] =
    columns ?? [...new Set(objects.flatMap((row) => Object.keys(row)))].map((field) => ({ field }));
  return [
    chosen.map(({ field, title }) => title ?? field),
    ...objects.map((row) => chosen.map(({ field }) => cellOf(Object.hasOwn(row, field) ? (row[field] ?? null) : null))),
  ];
}

const cellOf = (value: Json): Cell => (typeof value === "object" && value !== null ? JSON.stringify(value) : value);
