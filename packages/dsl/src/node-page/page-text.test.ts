import { builtinManifests } from "@holdfast/nodes/manifests";
import { expect, test } from "vitest";
import { nodePage } from "./node-page.ts";
import { pageText } from "./page-text.ts";

const manifestOf = (type: string) => {
  const found = builtinManifests.find((manifest) => manifest.type === type);
  if (found === undefined) throw new Error(type);
  return found;
};

test("a page tells settings, ports, effect, credential and examples", () => {
  const page = pageText(manifestOf("http.request"), "npm run docs:nodes");
  expect(page).toContain("| `url` | text | **Address.** |");
  expect(page).toContain("`GET` or `HEAD` or `POST`");
  expect(page).toContain("- `out`, which gives `status`, `headers`, `body`");
  expect(page).toContain("- with `idempotencyHeader`: what its target does once");
  expect(page).toContain("One of kind `bearer`, `basic`, `header`");
  expect(page).toContain("## Example: read an order");
  expect(page).toContain("by `npm run docs:nodes`");
});

test("a setting says where it stands, of what kind it is, and what it is left out", () => {
  const { settings, ports, durable } = nodePage(manifestOf("ai.text"));
  expect(settings.find(({ name }) => name === "budget.call.tokens")).toMatchObject({
    pointer: "/budget/call/tokens",
    kind: { is: "integer" },
    optional: true,
    label: "Tokens",
  });
  expect(settings[0]).toMatchObject({ name: "prompt", optional: false });
  expect(ports).toMatchObject([{ name: "out", gives: ["text", "offline"] }]);
  expect(durable).toBe(true);
  expect(nodePage(manifestOf("end")).ports).toBeUndefined();
  const each = nodePage(manifestOf("branch")).settings.find(({ name }) => name === "cases[].when");
  expect(each).toMatchObject({ pointer: "/cases/*/when", kind: { is: "condition" } });
});
