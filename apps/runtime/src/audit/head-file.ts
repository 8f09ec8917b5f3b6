/** The file of signed heads, outside the database: a line each, only ever appended to. */
import { mkdir, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileCode } from "./file-code.ts";
import { type Head, headShape } from "./head.ts";

/** @throws Error that names the line which is no head. No file: none. */
export async function readHeads(file: string): Promise<readonly Head[]> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (fileCode(error) === "ENOENT") return "";
    throw error;
  });
  return text.split("\n").flatMap((line, index) => {
    if (line === "") return [];
    const head = headShape.safeParse(parse(line));
    if (!head.success) throw new Error(`line ${index + 1} of ${file} is not a signed head`);
    return [head.data];
  });
}

/** They are on the disk when it resolves. */
export async function appendHeads(file: string, heads: readonly Head[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, "a", 0o600);
  try {
    await handle.appendFile(heads.map((head) => `${JSON.stringify(head)}\n`).join(""));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
