import { expect, it } from "vitest";
import { costText, countText } from "./cost.ts";

it.each([
  [0, "$0.00"],
  [0.0000004, "$0.0000004"],
  [0.00122, "$0.0012"],
  [0.05, "$0.05"],
  [1.2349, "$1.23"],
  [12_345.6, "$12,345.60"],
])("%d dollars are %s", (dollars, text) => {
  expect(costText(dollars, "en")).toBe(text);
});

it("is told as the reader tells numbers", () => {
  expect(costText(0.0012, "uk").replace("\u00A0", " ")).toBe("0,0012 $");
  expect(countText(12_345, "en")).toBe("12,345");
});
