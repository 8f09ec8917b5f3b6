import { Buffer } from "node:buffer";
import type { Json, JsonObject } from "@holdfast/dsl";
import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { actionContext } from "../../test/action-context.ts";
import { zipOf } from "../rows/zip.ts";
import { rowsRead } from "./execute.ts";

async function read(params: JsonObject, files: { [id: string]: Uint8Array } = {}) {
  const context = actionContext(params, {
    files: {
      read: async (id) => {
        const content = files[id];
        return content && { name: "file", type: "text/csv", content };
      },
    },
  });
  return rowsRead.execute(context);
}

async function rowsOf(params: JsonObject): Promise<Json> {
  const outcome = await read(params);
  if (outcome.type !== "output") throw new Error(JSON.stringify(outcome));
  const { value } = outcome;
  return typeof value === "object" && value !== null && "rows" in value ? (value["rows"] ?? null) : null;
}

describe("a CSV", () => {
  it.each([
    ["commas", 'id,name\n1,"Ada, Countess"\n2,"say ""hi"""\n'],
    ["semicolons", 'id;name\r\n1;Ada, Countess\r\n2;"say ""hi"""\r\n'],
    ["tabs, and a mark of its characters", '\uFEFFid\tname\n1\tAda, Countess\n2\t"say ""hi"""'],
  ])("with %s", async (_, data) => {
    expect(await rowsOf({ data })).toEqual([
      { id: "1", name: "Ada, Countess" },
      { id: "2", name: 'say "hi"' },
    ]);
  });

  it("without a header, with columns of the same name, with short and empty rows", async () => {
    expect(await rowsOf({ data: "1,2\n3\n\n,\n", header: false })).toEqual([
      { column1: "1", column2: "2" },
      { column1: "3", column2: null },
    ]);
    expect(await rowsOf({ data: "a,,a\n1,2,3" })).toEqual([{ a: "1", column2: "2", "a 2": "3" }]);
  });

  it("whose first line tells the mark", async () => {
    expect(await rowsOf({ data: "\uFEFFsep=;\r\na;b,c\r\n1;2,5\r\n" })).toEqual([{ a: "1", "b,c": "2,5" }]);
  });

  it.each([
    ["empty lines", "n\n1\n\n\nx\n"],
    ["rows of nothing", "\n,\nn,m\n1\nx\n"],
    ["a text of several lines", 'n,m\n1,"a\nb\nc"\n2\n3\nx\n'],
  ])("tells rows by their numbers in a spreadsheet, also after %s", async (_, data) => {
    const outcome = await read({ data, columns: [{ column: "n", type: "number" }] });
    expect(outcome).toMatchObject({ error: { message: "Row 5, column “n” is “x”, not a number." } });
  });

  it("of a task's file, in its own characters", async () => {
    const bytes = new Uint8Array([0xd1, 0xf3, 0xec, 0xe0, 0x3b, 0x61, 0x0a, 0x31, 0x3b, 0x32]);
    const outcome = await read({ data: { id: "f1", name: "x.csv" }, charset: "windows-1251" }, { f1: bytes });
    expect(outcome).toMatchObject({ value: { rows: [{ Сума: "1", a: "2" }], columns: ["Сума", "a"] } });
    expect(await read({ data: { id: "f1" } }, { f1: bytes })).toMatchObject({
      error: { code: "file_invalid", message: expect.stringContaining("Characters") },
    });
    expect(await read({ data: { id: "gone" } })).toMatchObject({ error: { code: "file_invalid" } });
  });

  it("in Base64", async () => {
    expect(await rowsOf({ data: Buffer.from("id,name\n1,Ada Lovelace\n").toString("base64") })).toEqual([
      { id: "1", name: "Ada Lovelace" },
    ]);
  });
});

describe("columns", () => {
  const data = "Order;Amount;Count;Paid;On\nA-1;1 234,50;3;так;31.12.2026\nA-2;-0,5;0;no;1.2.2027\n";
  const columns = [
    { column: "order", field: "id", required: true },
    { column: "Amount", field: "amount", type: "number" },
    { column: "Count", field: "count", type: "integer" },
    { column: "Paid", field: "paid", type: "yesNo" },
    { column: "On", field: "on", type: "date" },
  ];
  const asked = { data, columns, decimalComma: true, dateFormat: "DD.MM.YYYY" };

  it("are read by their types", async () => {
    expect(await rowsOf(asked)).toEqual([
      { id: "A-1", amount: 1234.5, count: 3, paid: true, on: "2026-12-31" },
      { id: "A-2", amount: -0.5, count: 0, paid: false, on: "2027-02-01" },
    ]);
  });

  const broken = `${data};x;1,5;maybe;31.02.2026\n`;

  it("that do not fit are named with their row", async () => {
    expect(await read({ ...asked, data: broken })).toMatchObject({
      type: "fail",
      error: {
        kind: "fatal",
        code: "row_invalid",
        message: "Row 4, column “order” is empty. 4 more do not fit either.",
        details: { problems: expect.arrayContaining([{ row: 4, column: "Amount", message: "is “x”, not a number" }]) },
      },
    });
  });

  it("that do not fit are listed, and the other rows go on", async () => {
    const outcome = await read({ ...asked, data: broken, onProblem: "collect" });
    expect(outcome).toMatchObject({ value: { rowCount: 2, rows: [{ id: "A-1" }, { id: "A-2" }] } });
    expect(outcome).toMatchObject({
      value: {
        problems: [
          { row: 4, column: "order" },
          { row: 4, column: "Amount" },
          { row: 4, column: "Count", message: "is 1,5, not a whole number" },
          { row: 4, column: "Paid" },
          { row: 4, column: "On", message: "is “31.02.2026”, not a date such as DD.MM.YYYY" },
        ],
      },
    });
  });

  it("that are not there are told, with those that are", async () => {
    expect(await read({ data: "a,b\n1,2", columns: [{ column: "c" }] })).toMatchObject({
      error: { code: "file_invalid", message: "There is no column “c”. There are “a”, “b”." },
    });
  });

  it("fit the schema of a row, or its row does not fit", async () => {
    const rowSchema = { type: "object", properties: { n: { type: "number", maximum: 5 } } };
    const params = { data: "n\n3\n7\n", columns: [{ column: "n", type: "number" }], rowSchema };
    expect(await read(params)).toMatchObject({
      error: { code: "row_invalid", message: expect.stringContaining("Row 3, column “n”") },
    });
  });
});

/** As Excel writes it: texts shared, days as numbers with a style, one cell left out. */
const excel = (sheet: string): string =>
  zipOf([
    [
      "xl/workbook.xml",
      '<x:workbook xmlns:x="m" xmlns:r="o"><x:sheets><x:sheet name="Notes" sheetId="1" r:id="rId2"/><x:sheet name="Orders &amp; more" sheetId="2" r:id="rId1"/></x:sheets></x:workbook>',
    ],
    [
      "xl/_rels/workbook.xml.rels",
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet2.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet1.xml"/></Relationships>',
    ],
    [
      "xl/sharedStrings.xml",
      "<sst><si><t>id</t></si><si><t>total</t></si><si><t>on</t></si><si><r><t>A</t></r><r><t>-1 &lt;x&gt;</t></r><rPh><t>no</t></rPh></si></sst>",
    ],
    [
      "xl/styles.xml",
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-409]dd\\.mm\\.yyyy"/><numFmt numFmtId="165" formatCode="0.00&quot; d&quot;"/></numFmts><cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="22"/></cellXfs></styleSheet>',
    ],
    ["xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>"],
    ["xl/worksheets/sheet2.xml", sheet],
  ]).toString("base64");

const ORDERS =
  '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="s"><v>2</v></c></row>' +
  '<row r="2"><c r="A2" t="s"><v>3</v></c><c r="B2" s="2"><v>12.5</v></c><c r="C2" t="b"><v>1</v></c><c r="D2" s="1"><v>46387</v></c></row>' +
  '<row r="3"><c r="A3" t="inlineStr"><is><t>in</t><t>line</t></is></c><c r="B3" t="e"><v>#DIV/0!</v></c><c r="D3" s="3"><v>46387.75</v></c></row></sheetData></worksheet>';

describe("an Excel file", () => {
  it("is read sheet by sheet, cell by cell", async () => {
    expect(await rowsOf({ data: excel(ORDERS), format: "xlsx", sheet: "Orders & more" })).toEqual([
      { id: "A-1 <x>", total: 12.5, column3: true, on: "2026-12-31" },
      { id: "inline", total: null, column3: null, on: "2026-12-31T18:00:00" },
    ]);
    expect(await rowsOf({ data: excel(ORDERS), format: "xlsx", header: false })).toEqual([{ column1: 1 }]);
  });

  it("tells rows by their numbers, where empty ones are left out", async () => {
    const sheet = `<worksheet><sheetData>${[3, 7, 8]
      .map((at, index) => `<row r="${at}"><c r="A${at}" t="str"><v>${["n", "1", "x"][index]}</v></c></row>`)
      .join("")}</sheetData></worksheet>`;
    const params = { format: "xlsx", sheet: "Orders & more", columns: [{ column: "n", type: "number" }] };
    expect(await read({ ...params, data: excel(sheet) })).toMatchObject({
      error: { message: "Row 8, column “n” is “x”, not a number." },
    });
  });

  it("that counts days from 1904 has the same days", async () => {
    const early = Buffer.from(excel(ORDERS.replace("46387<", "44925<")), "base64");
    const book = `<workbook xmlns:r="o"><workbookPr date1904="1"/><sheets><sheet name="S" r:id="rId1"/></sheets></workbook>`;
    const data = swapped(early, deflateRawSync(Buffer.from(book))).toString("base64");
    expect(await rowsOf({ data, format: "xlsx" })).toMatchObject([{ on: "2026-12-31" }, {}]);
  });

  it("says which sheets there are", async () => {
    expect(await read({ data: excel(ORDERS), format: "xlsx", sheet: "Mine" })).toMatchObject({
      error: { code: "file_invalid", message: "There is no sheet “Mine”. There are “Notes”, “Orders & more”." },
    });
  });

  it("knows no entities of its own", async () => {
    const evil = `<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY f SYSTEM "file:///etc/passwd">]>${ORDERS.replace("line", "&a;&f;")}`;
    const outcome = await read({ data: excel(evil), format: "xlsx", sheet: "Orders & more" });
    expect(JSON.stringify(outcome)).not.toMatch(/aaaa|root:/);
  });

  it.each([
    ["nonsense", Buffer.from("this is no archive at all, only text").toString("base64")],
    ["an archive of something else", zipOf([["a.txt", "a"]]).toString("base64")],
    ["half of one", excel(ORDERS).slice(0, 400)],
    ["no Base64", "<xml>"],
  ])("is refused when it is %s", async (_, data) => {
    expect(await read({ data, format: "xlsx" })).toMatchObject({ error: { kind: "fatal", code: "file_invalid" } });
  });

  it("that would be far larger unpacked is not unpacked, whatever it says of itself", async () => {
    const bomb = Buffer.from(excel(ORDERS), "base64");
    const zeros = deflateRawSync(Buffer.alloc(200 * 1024 * 1024));
    const large = swapped(bomb, zeros);
    expect(large.length).toBeLessThan(1024 * 1024);
    expect(await read({ data: large.toString("base64"), format: "xlsx" })).toMatchObject({
      error: { code: "file_invalid", message: expect.stringContaining("64 MiB") },
    });
  });

  it("and a CSV have no more rows than they may", async () => {
    expect(await rowsOf({ data: "n\n1\n2\n", maxRows: 2 })).toHaveLength(2);
    expect(await read({ data: "n\n1\n2\n3\n", maxRows: 2 })).toMatchObject({ error: { code: "file_invalid" } });
    const sheet = ORDERS.replace("</sheetData>", `${"<row><c><v>1</v></c></row>".repeat(9)}</sheetData>`);
    expect(await read({ data: excel(sheet), format: "xlsx", sheet: "Orders & more", maxRows: 5 })).toMatchObject({
      error: { code: "file_invalid", message: "There are more than 5 rows." },
    });
  });
});

/** The archive with these packed bytes in place of its first part, which still says that it is small. */
function swapped(zip: Buffer, packed: Buffer): Buffer {
  const place = zip.readUInt32LE(zip.length - 6);
  const old = zip.readUInt32LE(18);
  const start = 30 + zip.readUInt16LE(26);
  const grown = packed.length - old;
  const out = Buffer.concat([zip.subarray(0, start), packed, zip.subarray(start + old)]);
  let at = place + grown;
  out.writeUInt32LE(packed.length, at + 20);
  while (out.readUInt32LE(at) === 0x02_01_4b_50) {
    const offset = out.readUInt32LE(at + 42);
    if (offset > 0) out.writeUInt32LE(offset + grown, at + 42);
    at += 46 + out.readUInt16LE(at + 28);
  }
  out.writeUInt32LE(place + grown, out.length - 6);
  return out;
}
