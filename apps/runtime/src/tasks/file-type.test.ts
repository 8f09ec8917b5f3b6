import { expect, test } from "vitest";
import { servedType, typeOfFile } from "./file-type.ts";

const bytes = (...head: readonly number[]): Buffer => Buffer.from([...head, 0, 0, 0, 0, 0, 0, 0, 0]);
const PNG = bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const ZIP = bytes(0x50, 0x4b, 0x03, 0x04);
const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

test.each([
  ["what the bytes tell wins", PNG, "text/html", "image/png"],
  ["also where nothing was said", PNG, undefined, "image/png"],
  ["an office document is a zip file", ZIP, DOCX, DOCX],
  ["a zip file is no picture", ZIP, "image/png", "application/zip"],
  ["what the bytes deny is not believed", Buffer.from("GIF?"), "image/gif", "application/octet-stream"],
  ["nor an office document that is no zip file", Buffer.from("x"), DOCX, "application/octet-stream"],
  ["what they can't tell is", Buffer.from("a,b"), "text/csv; charset=utf-8", "text/csv"],
  ["what is no type is not", Buffer.from("a"), "text/csv\r\nX-Evil: 1", "application/octet-stream"],
])("%s", (_, content, declared, type) => expect(typeOfFile(content, declared)).toBe(type));

test.each(["text/html", "image/svg+xml", "application/xhtml+xml", "text/javascript", "application/xml"])(
  "%s is given out as data",
  (type) => expect(servedType(type)).toBe("application/octet-stream"),
);
