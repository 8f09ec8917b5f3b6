import { builtinManifests } from "@holdfast/nodes/manifests";
import { Box } from "lucide-react";
import { expect, test } from "vitest";
import { nodeIcon } from "./icons.ts";

test.each(
  builtinManifests.flatMap(({ icon, presets = [] }) => [icon, ...presets.flatMap((preset) => preset.icon ?? [])]),
)("%s is drawn", (icon) => {
  expect(nodeIcon(icon)).not.toBe(Box);
});

test("a name that we don't have is a plain box", () => {
  expect(nodeIcon("no-such-icon")).toBe(Box);
  expect(nodeIcon(undefined)).toBe(Box);
});
