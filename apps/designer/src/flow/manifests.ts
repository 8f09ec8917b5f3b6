/** Which manifest speaks for a node, as validation sees it: the version that the document uses, else the newest. */
import { namedPorts, type FlowDocument, type NodeManifest, type NodeSpec } from "@holdfast/dsl";

export function manifestOf(
  flow: Pick<FlowDocument, "uses">,
  manifests: readonly NodeManifest[],
  type: string,
): NodeManifest | undefined {
  const versions = manifests.filter((manifest) => manifest.type === type);
  const wanted = flow.uses?.[type];
  if (wanted !== undefined) return versions.find(({ version }) => version === wanted);
  return versions.reduce<NodeManifest | undefined>(
    (newest, one) => (newest === undefined || one.version > newest.version ? one : newest),
    undefined,
  );
}

const spoken = new WeakMap<readonly NodeManifest[], Map<string, readonly NodeManifest[]>>();

/** Of each type the manifest that speaks for it in the flow, in the order of the palette; the same list for the same versions. */
export function spokenIn(
  { uses = {} }: Pick<FlowDocument, "uses">,
  manifests: readonly NodeManifest[],
): readonly NodeManifest[] {
  const known = spoken.get(manifests) ?? new Map<string, readonly NodeManifest[]>();
  spoken.set(manifests, known);
  const key = JSON.stringify(uses);
  const found =
    known.get(key) ??
    manifests.filter((one) => one.version === (uses[one.type] ?? newestOf(manifests, one.type)?.version));
  known.set(key, found);
  return found;
}

/** The newest version of a type that is installed. */
export function newestOf(manifests: readonly NodeManifest[], type: string): NodeManifest | undefined {
  return manifestOf({ uses: {} }, manifests, type);
}

/** The declared ports of a node in their order, each once; absent where its type is not known. */
export function declaredPorts(manifest: NodeManifest | undefined, node: NodeSpec): string[] | undefined {
  return manifest && [...new Set(namedPorts(manifest, node.params).map(({ name }) => name))];
}
