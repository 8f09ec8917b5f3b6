/** Which manifest speaks for a node. */
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
    const versions = this.#byType.get(type) ?? [];
    const wanted = this.#uses.get(type);
    if (wanted !== undefined) return versions.find((manifest) => manifest.version === wanted);
    return versions.reduce<NodeManifest | undefined>(
      (a, b) => (a === undefined || b.version > a.version ? b : a),
      undefined,
    );
  }

  /** Whether any version is installed. */
  has(type: string): boolean {
    return this.#byType.has(type);
  }
}
