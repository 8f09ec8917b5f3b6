/** Which manifest speaks for a node. Versions of a type may stand side by side. */
import type { NodeManifest } from "../contract/manifest.ts";
import type { FlowDocument } from "../document/flow.ts";

/** Node types by name; of each the versions that are installed. */
export class ManifestIndex {
  readonly #byType = new Map<string, NodeManifest[]>();
  readonly #uses: ReadonlyMap<string, number>;

  constructor(manifests: readonly NodeManifest[], flow: Pick<FlowDocument, "uses">) {
    this.#uses = new Map(Object.entries(flow.uses ?? {}));
    for (const manifest of manifests) {
      this.#byType.set(manifest.type, [...(this.#byType.get(manifest.type) ?? []), manifest]);
    }
  }

  /** All types, for suggestions. */
  get types(): readonly string[] {
    return [...this.#byType.keys()];
  }

  /** The version that the document uses, else the newest. */
  manifestOf(type: string): NodeManifest | undefined {
    const wanted = this.#uses.get(type);
    if (wanted === undefined) return this.newest(type);
    return this.#byType.get(type)?.find((manifest) => manifest.version === wanted);
  }

  newest(type: string): NodeManifest | undefined {
    return this.#byType
      .get(type)
      ?.reduce<NodeManifest | undefined>((a, b) => (a === undefined || b.version > a.version ? b : a), undefined);
  }

  /** The version that the document asks for, if it does. */
  wanted(type: string): number | undefined {
    return this.#uses.get(type);
  }
}

/** The manifest of a type as a document means it: in the version that it uses, else the newest. */
export function manifestsFor(
  flow: Pick<FlowDocument, "uses">,
  manifests: readonly NodeManifest[],
): (type: string) => NodeManifest | undefined {
  const index = new ManifestIndex(manifests, flow);
  return (type) => index.manifestOf(type);
}
