/** The cells of a sheet of an .xlsx file, as they are: numbers, texts, truth values, days and times. */
import { Buffer } from "node:buffer";
import { FileError } from "./file-error.ts";
import type { Cell, FileRow } from "./table.ts";
import { readXml } from "./xml.ts";
import { ZipArchive } from "./zip.ts";

const MOST_UNPACKED = 64 * 1024 * 1024;
const MOST_COLUMNS = 1_000;

export interface SheetLimits {
  /** The header not counted. */
  readonly rows: number;
}

/** @param sheet its name; left out: the first one @throws FileError */
export function readSheet(content: Uint8Array, sheet: string | undefined, { rows }: SheetLimits): readonly FileRow[] {
  const zip = new ZipArchive(Buffer.from(content), MOST_UNPACKED);
  const xml = zip.text(pathOf(zip, sheet));
  if (xml === undefined) throw new FileError("The spreadsheet is damaged: its sheet is missing.");
  const book = { texts: sharedTexts(zip), days: dayStyles(zip), firstDay: firstDay(zip) };
  const table: { readonly number: number; readonly cells: Cell[] }[] = [];
  let cell: { readonly column: number; readonly type: string; readonly style: number } | undefined;
  let value: string | undefined;
  let isValue = false;
  let current: Cell[] = [];
  readXml(xml, {
    open(name, attributes) {
      if (name === "row") {
        const number = Number(attributes["r"] ?? (table.at(-1)?.number ?? 0) + 1);
        if (table.length >= rows + 1 || number > rows * 10 + 1_000) throw tooMany(rows);
        current = [];
        table.push({ number, cells: current });
      } else if (name === "c") {
        const { r = "", t = "n", s = "0" } = attributes;
        cell = { column: columnOf(r, current.length), type: t, style: Number(s) };
        value = undefined;
      } else if (name === "v" || name === "t") {
        value ??= "";
        isValue = true;
      }
    },
    text(text) {
      if (isValue) value += text;
    },
    close(name) {
      if (name === "v" || name === "t") isValue = false;
      if (name !== "c" || cell === undefined) return;
      if (cell.column >= MOST_COLUMNS) throw new FileError(`A row has more than ${MOST_COLUMNS} columns.`);
      while (current.length < cell.column) current.push(null);
      current[cell.column] = value === undefined ? null : cellOf(value, cell, book);
      cell = undefined;
      value = undefined;
    },
  });
  return table;
}

const tooMany = (rows: number): FileError => new FileError(`There are more than ${rows} rows.`);

interface Book {
  readonly texts: readonly string[];
  /** Styles by which a number is a day. */
  readonly days: ReadonlySet<number>;
  /** Days from there to the epoch. */
  readonly firstDay: number;
}

function cellOf(value: string, { type, style }: { readonly type: string; readonly style: number }, book: Book): Cell {
  switch (type) {
    case "s":
      return book.texts[Number(value)] ?? "";
    case "b":
      return value === "1";
    case "str":
    case "inlineStr":
    case "d":
      return value;
    case "e":
      return null;
    default: {
      const number = Number(value);
      if (value === "" || !Number.isFinite(number)) return null;
      return book.days.has(style) ? dayOf(number, book.firstDay) : number;
    }
  }
}

/** Excel counts from the end of 1899; files that a Mac began may count from 1904. */
const FROM_1899 = 25_569;
const FROM_1904 = 24_107;

function firstDay(zip: ZipArchive): number {
  let isLater = false;
  readXml(zip.text("xl/workbook.xml") ?? "<workbook/>", {
    open(name, { date1904 }) {
      if (name === "workbookPr") isLater = date1904 === "1" || date1904 === "true";
    },
  });
  return isLater ? FROM_1904 : FROM_1899;
}

/** A whole one is a day, another a time. */
function dayOf(serial: number, first: number): string {
  const at = new Date(Math.round((serial - first) * 86_400_000));
  if (Number.isNaN(at.getTime())) return String(serial);
  const iso = at.toISOString();
  return Number.isInteger(serial) ? iso.slice(0, 10) : iso.slice(0, 19);
}

/** `C7` is column 2. */
function columnOf(reference: string, next: number): number {
  const [letters] = /^[A-Z]{1,3}/.exec(reference) ?? [];
  if (letters === undefined) return next;
  return letters.split("").reduce((column, letter) => column * 26 + Number.parseInt(letter, 36) - 9, 0) - 1;
}

function pathOf(zip: ZipArchive, wanted: string | undefined): string {
  const book = zip.text("xl/workbook.xml");
  if (book === undefined) throw new FileError("This is no spreadsheet of the kind .xlsx.");
  const sheets: { readonly name: string; readonly id: string }[] = [];
  readXml(book, {
    open(name, attributes) {
      if (name === "sheet") sheets.push({ name: attributes["name"] ?? "", id: attributes["id"] ?? "" });
    },
  });
  const found = wanted === undefined ? sheets[0] : sheets.find(({ name }) => name === wanted);
  if (found === undefined) {
    const names = sheets.map(({ name }) => `“${name}”`).join(", ");
    throw new FileError(`There is no sheet “${wanted ?? ""}”. There ${sheets.length === 1 ? "is" : "are"} ${names}.`);
  }
  let path = "worksheets/sheet1.xml";
  readXml(zip.text("xl/_rels/workbook.xml.rels") ?? "<Relationships/>", {
    open(name, attributes) {
      const { Id, Target } = attributes;
      if (name === "Relationship" && Id === found.id && Target !== undefined) path = Target;
    },
  });
  return path.startsWith("/") ? path.slice(1) : `xl/${path}`;
}

function sharedTexts(zip: ZipArchive): readonly string[] {
  const texts: string[] = [];
  let text: string | undefined;
  let hidden = 0;
  readXml(zip.text("xl/sharedStrings.xml") ?? "<sst/>", {
    open(name) {
      if (name === "si") texts.push("");
      // How the characters of Japanese are read stands beside them.
      if (name === "rPh") hidden += 1;
      if (name === "t" && hidden === 0) text = "";
    },
    text(part) {
      if (text !== undefined) text += part;
    },
    close(name) {
      if (name === "rPh") hidden -= 1;
      if (name !== "t" || text === undefined) return;
      texts.push((texts.pop() ?? "") + text);
      text = undefined;
    },
  });
  return texts;
}

/** Formats that come with Excel and are of days or times. */
const isDayFormat = (id: number): boolean => (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 58);

function dayStyles(zip: ZipArchive): ReadonlySet<number> {
  const own = new Map<number, boolean>();
  const days = new Set<number>();
  let inCells = false;
  let style = 0;
  readXml(zip.text("xl/styles.xml") ?? "<styleSheet/>", {
    open(name, attributes) {
      if (name === "numFmt") own.set(Number(attributes["numFmtId"]), isDayPattern(attributes["formatCode"] ?? ""));
      if (name === "cellXfs") inCells = true;
      if (name === "xf" && inCells) {
        const format = Number(attributes["numFmtId"] ?? 0);
        if (own.get(format) ?? isDayFormat(format)) days.add(style);
        style += 1;
      }
    },
    close(name) {
      if (name === "cellXfs") inCells = false;
    },
  });
  return days;
}

/** Quoted text, colors and escapes have letters too. */
function isDayPattern(code: string): boolean {
  return /[dmyhs]/i.test(code.replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, ""));
}
