import { Buffer } from "node:buffer";
import { isJsonObject, type Json, type JsonObject } from "@holdfast/dsl";
import { describe, expect, it } from "vitest";
import { actionContext } from "../../test/action-context.ts";
import { rowsRead } from "../rows-read/execute.ts";
import { rowsWrite } from "./execute.ts";

async function write(params: JsonObject): Promise<JsonObject> {
  const outcome = await rowsWrite.execute(actionContext(params));
  if (outcome.type !== "output" || !isJsonObject(outcome.value)) throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

const textOf = async (params: JsonObject): Promise<Json> => (await write(params))["text"] ?? null;

const bytesOf = (content: Json | undefined): Buffer =>
  Buffer.from(typeof content === "string" ? content : "", "base64");

const rows: Json[] = [
  { id: "A-1", total: 12.5, note: 'said "hi"; twice' },
  { id: "A-2", total: -1, paid: true, lines: [1, 2] },
];

describe("a CSV", () => {
  it("has every field that some row has, in the order of first appearance", async () => {
    expect(await textOf({ rows })).toBe(
      'id,total,note,paid,lines\r\nA-1,12.5,"said ""hi""; twice",,\r\nA-2,-1,,true,"[1,2]"\r\n',
    );
  });

  it("or those that are chosen, under their titles", async () => {
    const columns = [{ field: "total", title: "Сума" }, { field: "id" }, { field: "toString" }];
    expect(await textOf({ rows, columns, delimiter: "semicolon", decimalComma: true })).toBe(
      "Сума;id;toString\r\n12,5;A-1;\r\n-1;A-2;\r\n",
    );
  });

  it.each(["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])(
    "makes a text of the formula %j, in a cell and in a title",
    async (evil) => {
      const text = await textOf({ rows: [{ [evil]: evil }] });
      expect(text).toMatch(/^"?'[^]*\r\n"?'[^]*$/);
    },
  );

  it("leaves numbers alone, also those that are text", async () => {
    expect(await textOf({ rows: [{ a: -5, b: "-5", c: "+380441234567" }] })).toBe("a,b,c\r\n-5,-5,+380441234567\r\n");
  });

  it("tells its characters to Excel, and is a file to attach", async () => {
    const { content, name, type, size } = await write({ rows, name: "orders/2026: all?" });
    const file = bytesOf(content);
    expect(file.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect({ name, type, size }).toEqual({ name: "orders-2026- all-.csv", type: "text/csv", size: file.length });
  });
});

describe("an Excel file", () => {
  it("gives back what went in, formulas as the texts that they are", async () => {
    const evil = '=HYPERLINK("http://evil.example")';
    const given: Json[] = [
      { id: "A-1", total: 12.5, paid: true, note: " <&>\u0000 " },
      { id: evil, total: null, paid: false, note: "" },
    ];
    const { content, name } = await write({ rows: given, format: "xlsx", sheet: "Orders [1]" });
    expect(name).toBe("rows.xlsx");
    const read = await rowsRead.execute(actionContext({ data: content ?? null, format: "xlsx", sheet: "Orders -1-" }));
    expect(read).toMatchObject({
      value: {
        rows: [
          { id: "A-1", total: 12.5, paid: true, note: " <&> " },
          { id: evil, total: null, paid: false, note: "" },
        ],
      },
    });
    expect(bytesOf(content).toString("latin1")).not.toContain("<f>");
  });

  it("is the same file for the same rows", async () => {
    expect(await write({ rows, format: "xlsx" })).toEqual(await write({ rows, format: "xlsx" }));
  });

  it("has columns beyond Z", async () => {
    const wide = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`c${n}`, n]));
    const { content } = await write({ rows: [wide], format: "xlsx" });
    expect(await rowsRead.execute(actionContext({ data: content ?? null, format: "xlsx" }))).toMatchObject({
      value: { rows: [wide] },
    });
  });
});

it("refuses what is no row, and what is too large", async () => {
  expect(await rowsWrite.execute(actionContext({ rows: [{ a: 1 }, 7] }))).toMatchObject({
    error: { kind: "fatal", code: "rows_invalid", message: "Row 2 is no object with fields." },
  });
  const large = Array.from({ length: 4 }, () => ({ text: "x".repeat(1024 * 1024) }));
  expect(await rowsWrite.execute(actionContext({ rows: large }))).toMatchObject({ error: { code: "file_too_large" } });
});
