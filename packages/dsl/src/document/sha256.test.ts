import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { sha256 } from "./sha256.ts";

const reference = (text: string): string => createHash("sha256").update(text).digest("hex");

it("gives the digest of the standard's example", () => {
  expect(sha256("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

it.each([0, 1, 55, 56, 63, 64, 65, 119, 120, 128])("agrees with another implementation at %i bytes", (length) => {
  expect(sha256("x".repeat(length))).toBe(reference("x".repeat(length)));
});

it("agrees with another implementation on any text", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => sha256(text) === reference(text)));
});
