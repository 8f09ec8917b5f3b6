/**
 * Zip archives, as far as spreadsheets need them. Each part is unpacked only when it is asked for, and to no more than
 * it may have, whatever the archive says of itself.
 */
import { Buffer } from "node:buffer";
import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";
import { FileError } from "./file-error.ts";

const LOCAL = 0x04_03_4b_50;
const CENTRAL = 0x02_01_4b_50;
const END = 0x06_05_4b_50;
const END_BYTES = 22;
const MOST_PARTS = 2_000;

interface Part {
  readonly method: number;
  readonly packed: number;
  readonly offset: number;
}

export class ZipArchive {
  readonly #bytes: Buffer;
  readonly #parts = new Map<string, Part>();
  #left: number;

  /** @param most bytes of all parts that are read together @throws FileError */
  constructor(bytes: Buffer, most: number) {
    this.#bytes = bytes;
    this.#left = most;
    const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
    if (end < 0 || end + END_BYTES > bytes.length || bytes.readUInt32LE(end) !== END) throw notASheet();
    const count = bytes.readUInt16LE(end + 10);
    if (count > MOST_PARTS) throw notASheet();
    let at = bytes.readUInt32LE(end + 16);
    for (let index = 0; index < count; index += 1) {
      if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL) throw notASheet();
      const nameLength = bytes.readUInt16LE(at + 28);
      const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
      this.#parts.set(name, {
        method: bytes.readUInt16LE(at + 10),
        packed: bytes.readUInt32LE(at + 20),
        offset: bytes.readUInt32LE(at + 42),
      });
      at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    }
  }

  /** The text of a part; nothing if there is no such part. @throws FileError */
  text(name: string): string | undefined {
    const part = this.#parts.get(name);
    if (part === undefined) return undefined;
    const bytes = this.#bytes;
    if (part.offset + 30 > bytes.length || bytes.readUInt32LE(part.offset) !== LOCAL) throw notASheet();
    const start = part.offset + 30 + bytes.readUInt16LE(part.offset + 26) + bytes.readUInt16LE(part.offset + 28);
    const packed = bytes.subarray(start, start + part.packed);
    const plain = this.#unpacked(packed, part.method);
    this.#left -= plain.length;
    return plain.toString("utf8");
  }

  #unpacked(packed: Buffer, method: number): Buffer {
    if (method === 0) {
      if (packed.length > this.#left) throw tooLarge();
      return packed;
    }
    if (method !== 8) throw notASheet();
    try {
      return inflateRawSync(packed, { maxOutputLength: Math.max(1, this.#left) });
    } catch (error) {
      throw error instanceof RangeError ? tooLarge() : notASheet();
    }
  }
}

const notASheet = (): FileError => new FileError("This is no spreadsheet of the kind .xlsx, or it is damaged.");
const tooLarge = (): FileError => new FileError("Unpacked, the spreadsheet is over the limit of 64 MiB.");

/** An archive of these parts, in their order. The same parts give the same bytes. */
export function zipOf(parts: readonly (readonly [name: string, text: string])[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of parts) {
    const plain = Buffer.from(text, "utf8");
    const packed = deflateRawSync(plain);
    const title = Buffer.from(name, "utf8");
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(0x08_00, 2);
    facts.writeUInt16LE(8, 4);
    // The first of January 1980: an archive has a time, and this one none to tell.
    facts.writeUInt16LE(0x21, 8);
    facts.writeUInt32LE(crc32(plain), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(plain.length, 18);
    facts.writeUInt16LE(title.length, 22);
    files.push(signature(LOCAL), facts, title, packed);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(signature(CENTRAL), Buffer.from([20, 0]), facts, place, title);
    offset += 30 + title.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, listed, end]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
