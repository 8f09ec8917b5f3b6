/** The executor of `rows.write`. */
import { Buffer } from "node:buffer";
import { defineNode } from "../define-node.ts";
import { fatal, output } from "../outcome.ts";
import { csvText } from "../rows/csv.ts";
import { FileError } from "../rows/file-error.ts";
import { tableOf } from "../rows/table.ts";
import { sheetFile } from "../rows/xlsx-write.ts";
import { rowsWriteInfo } from "./definition.ts";

const TYPES = {
  csv: "text/csv",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

/** As a file, so that text and Base64 together stay below what a step may give. */
const MOST_BYTES = 3 * 1024 * 1024;

/** `rows.write` */
export const rowsWrite = defineNode({
  ...rowsWriteInfo,
  async execute({ params }) {
    const { rows, columns, format, delimiter, decimalComma, sheet } = params;
    try {
      const table = tableOf(rows, columns);
      const text = format === "csv" ? csvText(table, { delimiter, decimalComma }) : "";
      // By the mark at its beginning Excel knows the characters.
      const file = format === "csv" ? Buffer.from(`\uFEFF${text}`, "utf8") : sheetFile(table, sheetName(sheet));
      if (file.length > MOST_BYTES) {
        return fatal("file_too_large", "The file is over the limit of 3 MiB. Write fewer rows or columns.", {
          pointer: "/params/rows",
        });
      }
      return output({
        name: `${fileName(params.name)}.${format}`,
        type: TYPES[format],
        content: file.toString("base64"),
        text,
        size: file.length,
        rowCount: rows.length,
      });
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      return fatal("rows_invalid", error.message, { pointer: "/params/rows" });
    }
  },
});

/** What no file may be called by. */
const fileName = (name: string): string => name.replaceAll(/[\p{Cc}\\/:*?"<>|]/gu, "-").trim() || "rows";

/** What no sheet may be called by. */
const sheetName = (name: string): string => name.replaceAll(/[\p{Cc}\\/:*?[\]]/gu, "-");
