/** What a file is: by its first bytes where they tell, else as whoever sent it says. */
const UNKNOWN = "application/octet-stream";

const SIGNATURES: readonly (readonly [string, readonly number[], offset?: number])[] = [
  ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["image/gif", [0x47, 0x49, 0x46, 0x38]],
  ["image/webp", [0x57, 0x45, 0x42, 0x50], 8],
  ["application/pdf", [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ["application/zip", [0x50, 0x4b, 0x03, 0x04]],
];

/** Types that are zip files themselves. */
const ZIPPED = /^application\/(?:zip|vnd\.(?:openxmlformats-officedocument|oasis\.opendocument)\.[\w.+-]+|epub\+zip)$/;

/** What a browser might carry out. */
const ACTIVE = /(?:html|xml|svg|script|ecmascript|x-shockwave|wasm)/;

export function typeOfFile(content: Buffer, declared: string | undefined): string {
  const said = declared?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const type = /^[a-z0-9][\w.+-]{0,63}\/[a-z0-9][\w.+-]{0,127}$/.test(said) ? said : UNKNOWN;
  const found = SIGNATURES.find(([, bytes, offset = 0]) =>
    bytes.every((byte, at) => content[offset + at] === byte),
  )?.[0];
  if (found === "application/zip") return ZIPPED.test(type) ? type : found;
  if (found !== undefined) return found;
  // It says to be what its bytes deny.
  return SIGNATURES.some(([known]) => known === type) || ZIPPED.test(type) ? UNKNOWN : type;
}

/** The type under which it is given out: nothing that is anything but data. */
export const servedType = (type: string): string => (ACTIVE.test(type) ? UNKNOWN : type);
