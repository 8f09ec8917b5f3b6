import { expect, it } from "vitest";
import { refusal } from "./node-version.mjs";

it.each(["20.0.0", "22.18.0", "24.21.0", "100.0.0"])("accepts Node %s", (version) => {
  expect(refusal(version)).toBeUndefined();
});

it("tells in one line what is too old", () => {
  expect(refusal("18.20.4")).toBe("Holdfast needs Node 20 or later; this is Node 18.20.4.");
});
