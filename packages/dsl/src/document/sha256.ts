/** SHA-256 (FIPS 180-4), synchronous and without a platform: browsers only have an asynchronous one. */

/** The first 32 bits of the fractional parts of the roots of the first primes: square roots, cube roots. */
const primes = firstPrimes(64);
const INITIAL = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const ROUND = primes.map((prime) => fraction(Math.cbrt(prime)));

/** The digest of the text's UTF-8 bytes, as 64 hexadecimal digits. */
export function sha256(text: string): string {
  const message = padded(new TextEncoder().encode(text));
  const hash = Uint32Array.from(INITIAL);
  const words = new Uint32Array(64);
  for (let offset = 0; offset < message.byteLength; offset += 64) {
    for (let i = 0; i < 16; i++) words[i] = message.getUint32(offset + i * 4);
    for (let i = 16; i < 64; i++) {
      words[i] = at(words, i - 16) + small0(at(words, i - 15)) + at(words, i - 7) + small1(at(words, i - 2));
    }
    compress(hash, words);
  }
  return Array.from(hash, (word) => word.toString(16).padStart(8, "0")).join("");
}

function compress(hash: Uint32Array, words: Uint32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
  for (let i = 0; i < 64; i++) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const first = (h + big1(e) + choice + at(ROUND, i) + at(words, i)) | 0;
    const second = (big0(a) + majority) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => (hash[i] = at(hash, i) + word));
}

/** The message, a 1 bit, zeros, and the length in bits as the last eight bytes of a block. */
function padded(bytes: Uint8Array): DataView {
  const size = Math.ceil((bytes.length + 9) / 64) * 64;
  const buffer = new Uint8Array(size);
  buffer.set(bytes);
  buffer[bytes.length] = 0x80;
  const view = new DataView(buffer.buffer);
  view.setUint32(size - 8, Math.floor(bytes.length / 0x2000_0000));
  view.setUint32(size - 4, bytes.length << 3);
  return view;
}

const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by));
const big0 = (word: number): number => rotate(word, 2) ^ rotate(word, 13) ^ rotate(word, 22);
const big1 = (word: number): number => rotate(word, 6) ^ rotate(word, 11) ^ rotate(word, 25);
const small0 = (word: number): number => rotate(word, 7) ^ rotate(word, 18) ^ (word >>> 3);
const small1 = (word: number): number => rotate(word, 17) ^ rotate(word, 19) ^ (word >>> 10);

function at(words: { readonly [index: number]: number }, index: number): number {
  return words[index] ?? 0;
}

function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 0x1_0000_0000);
}

function firstPrimes(count: number): number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate++) {
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  }
  return found;
}
