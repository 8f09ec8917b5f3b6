/**
 * The built designer: the files of `apps/designer/dist`, held in memory as they were found, compressed once. Only what
 * is on the list is served, so no address leads anywhere else.
 */
import { hash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

export type Encoding = "br" | "gzip" | "identity";

export interface DesignerFile {
  readonly type: string;
  readonly etag: string;
  /** Its content, as a browser that takes `encoding` wants it. */
  content(encoding: Encoding): Promise<Uint8Array<ArrayBuffer>>;
}

interface Build {
  /** Of `index.html`: another one is another build. */
  readonly builtAt: number;
  readonly index: string;
  /** By address: `/assets/index-4f2a.js`. */
  readonly files: ReadonlyMap<string, DesignerFile>;
}

const BUILT = fileURLToPath(new URL("../../../designer/dist", import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/** What is small already. */
const PACKED = new Set([".woff2", ".png"]);

export class DesignerFiles {
  readonly #folder: string;
  #build: Promise<Build | undefined> | undefined;

  constructor(folder: string = BUILT) {
    this.#folder = folder;
  }

  async file(address: string): Promise<DesignerFile | undefined> {
    return (await (this.#build ??= this.#read()))?.files.get(address);
  }

  /** The page itself; nothing if the designer has not been built. A new build is noticed here. */
  async index(): Promise<string | undefined> {
    const known = await this.#build;
    if (known === undefined || known.builtAt !== (await builtAt(this.#folder))) this.#build = this.#read();
    return (await this.#build)?.index;
  }

  async #read(): Promise<Build | undefined> {
    const at = await builtAt(this.#folder);
    if (at === undefined) return undefined;
    const files = new Map<string, DesignerFile>();
    for (const entry of await readdir(this.#folder, { recursive: true, withFileTypes: true })) {
      const file = join(entry.parentPath, entry.name);
      const address = file.slice(this.#folder.length).replaceAll(sep, "/");
      const type = TYPES[extname(entry.name)];
      if (!entry.isFile() || type === undefined || address.includes("/.")) continue;
      files.set(address, designerFile(await readFile(file), type, PACKED.has(extname(entry.name))));
    }
    return { builtAt: at, index: await readFile(join(this.#folder, "index.html"), "utf8"), files };
  }
}

async function builtAt(folder: string): Promise<number | undefined> {
  try {
    return (await stat(join(folder, "index.html"))).mtimeMs;
  } catch {
    return undefined;
  }
}

const packers = {
  br: promisify(brotliCompress),
  gzip: promisify(gzip),
} as const;

function designerFile(plain: Buffer<ArrayBuffer>, type: string, packed: boolean): DesignerFile {
  const known = new Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>();
  const pack = async (encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> => {
    switch (encoding) {
      case "br":
        return new Uint8Array(await packers.br(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }));
      case "gzip":
        return new Uint8Array(await packers.gzip(plain));
      case "identity":
        return plain;
    }
  };
  return {
    type,
    etag: `"${hash("sha256", plain, "base64url").slice(0, 22)}"`,
    content: (encoding) => {
      const wanted = packed ? "identity" : encoding;
      const content = known.get(wanted) ?? pack(wanted);
      known.set(wanted, content);
      return content;
    },
  };
}
