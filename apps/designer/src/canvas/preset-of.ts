import type { NodePreset, NodeManifest, NodeSpec } from "@holdfast/dsl";

/** As which of its type's beginnings a node is shown: the one whose own params it has. An approval has an inbox. */
export function presetOf({ presets = [] }: NodeManifest, { params }: Pick<NodeSpec, "params">): NodePreset | undefined {
  return presets
    .map((preset) => ({ preset, keys: keysOfItsOwn(preset, presets) }))
    .filter(({ keys }) => keys.length > 0 && keys.every((key) => Object.hasOwn(params, key)))
    .toSorted((a, b) => b.keys.length - a.keys.length)[0]?.preset;
}

/** The params by which one of a type's beginnings is told from the others. */
function keysOfItsOwn(preset: NodePreset, presets: readonly NodePreset[]): string[] {
  const others = new Set(presets.filter((one) => one !== preset).flatMap(({ params }) => Object.keys(params)));
  return presets.length === 1 ? [] : Object.keys(preset.params).filter((key) => !others.has(key));
}
