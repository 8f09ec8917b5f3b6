/** The file with the keys that seal credentials: for whoever runs the process, and nobody else. */
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { link, mkdir, open, readFile, rename, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseSealKeys, type SealKey } from "./key-ring.ts";

export const keyFileOf = (folder: string): string => join(folder, "secret-keys");

export const readKeyFile = (file: string): readonly SealKey[] => parseSealKeys(readFileSync(file, "utf8"));

const newLine = (): { readonly id: string; readonly line: string } => {
  const id = `k${new Date().toISOString().slice(0, 10).replaceAll("-", "")}-${randomBytes(3).toString("hex")}`;
  return { id, line: `${id}:${randomBytes(32).toString("base64")}` };
};

/** Makes the file with a first key, unless it is there: whole or not at all. */
export async function ensureKeyFile(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const { id, line } = newLine();
  const made = await write(
    `${file}.${id}`,
    `# The first key seals Holdfast's credentials; all of them open.\n${line}\n`,
  );
  try {
    await link(made, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    await unlink(made);
  }
}

async function write(file: string, text: string): Promise<string> {
  await using handle = await open(file, "wx", 0o600);
  await handle.writeFile(text);
  await handle.sync();
  return file;
}

/**
 * Puts a new key first; the others stay, to open what they sealed.
 * @returns The id of the new key.
 */
export async function addKey(file: string): Promise<string> {
  const before = await readFile(file, "utf8");
  parseSealKeys(before);
  const { id, line } = newLine();
  const made = await write(`${file}.${id}`, `${line}\n${before}`);
  // Whoever reads meanwhile sees the old file or the new one.
  await rename(made, file);
  return id;
}
