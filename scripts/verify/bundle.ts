/** How much JavaScript a browser loads before the first page of the designer shows. */
import path from "node:path";
import { gzipSync } from "node:zlib";
import type { Finding } from "./finding.ts";

/** Bytes, compressed: the entry with everything that it imports at once. */
export const MOST_BYTES = 350 * 1024;

/** Where Vite writes what it built. */
export const BUILD = "apps/designer/dist";
export const MANIFEST = `${BUILD}/.vite/manifest.json`;

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  /** Keys of other chunks. */
  readonly imports?: readonly string[];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const isChunk = (value: unknown): value is Chunk => isRecord(value) && typeof value["file"] === "string";

/** The files that load before anything shows: the entries and what they import, each once. */
export function initialFiles(manifest: unknown): readonly string[] {
  const chunks = new Map(Object.entries(isRecord(manifest) ? manifest : {}).filter((entry) => isChunk(entry[1])));
  const seen = new Set<string>();
  const open = [...chunks].filter(([, chunk]) => isChunk(chunk) && chunk.isEntry === true).map(([key]) => key);
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const chunk = chunks.get(key);
    if (!isChunk(chunk) || seen.has(chunk.file)) continue;
    seen.add(chunk.file);
    open.push(...(chunk.imports ?? []));
  }
  return [...seen].filter((file) => path.extname(file) === ".js");
}

export interface Weight {
  readonly bytes: number;
  readonly files: number;
  readonly findings: readonly Finding[];
}

/**
 * @param manifest What Vite's manifest holds; undefined if there is none.
 * @param read The content of a built file.
 */
export function weigh(manifest: unknown, read: (file: string) => Uint8Array): Weight {
  const files = initialFiles(manifest);
  if (files.length === 0) {
    return { bytes: 0, files: 0, findings: [{ file: MANIFEST, message: "tells of no entry: nothing was built" }] };
  }
  const bytes = files.reduce((sum, file) => sum + gzipSync(read(file)).byteLength, 0);
  const kilobytes = Math.ceil(bytes / 1024);
  const message = `the first page loads ${kilobytes} KB of JavaScript, compressed; at most ${MOST_BYTES / 1024} KB`;
  return { bytes, files: files.length, findings: bytes > MOST_BYTES ? [{ file: BUILD, message }] : [] };
}
