/** Where the page of a built-in node type stands, and the list of all. */
import { markdownTable, type NodeManifest } from "@holdfast/dsl";

/** Where the page stands, relative to `docs/nodes`. */
export const fileOf = ({ type }: NodeManifest): string => `${type}.md`;

export function indexOf(manifests: readonly NodeManifest[]): string {
  const rows = manifests.map((manifest) => [
    `[${manifest.title}](${fileOf(manifest)})`,
    `\`${manifest.type}\``,
    manifest.description,
  ]);
  return markdownTable(["Node", "Type", "What"], rows);
}
