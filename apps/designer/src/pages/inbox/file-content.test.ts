import { expect, it } from "vitest";
import { translator } from "../../words/use-words.tsx";
import { base64Of, bytesOf, hasThumbnail, isPicture, isText, sizeText, textOf } from "./file-content.ts";
import { words } from "./words.ts";

it("carries bytes as they are", () => {
  const bytes = new Uint8Array(20_000).map((_, at) => (at * 7) % 256);
  expect(bytesOf(base64Of(bytes))).toEqual(bytes);
  expect(textOf(base64Of(new TextEncoder().encode("Ремінець відірвався, €12")))).toBe("Ремінець відірвався, €12");
});

it("shows pixels and plain text, and nothing that may carry code", () => {
  expect(isPicture({ type: "image/png" })).toBe(true);
  expect(isPicture({ type: "image/svg+xml" })).toBe(false);
  expect(isText({ type: "text/plain; charset=utf-8" })).toBe(true);
  expect(isText({ type: "text/html" })).toBe(false);
  expect(hasThumbnail({ type: "image/png", size: 3_000_000 })).toBe(false);
});

it("says a size as people do", () => {
  expect(sizeText(340, translator(words, "en"))).toBe("340 B");
  expect(sizeText(4_404_019, translator(words, "uk"))).toBe("4,2 МБ");
});
