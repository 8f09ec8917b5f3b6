/**
 * The node types that this process has: the built-in ones, and those of packages, which may come and go while it runs.
 * Versions of a type stand side by side; the newest is what new flows are made of.
 */
import type { ControlNode, Migrations, NodeManifest } from "@holdfast/dsl";
import type { ActionNode } from "@holdfast/nodes";
import { controlNodes } from "@holdfast/nodes/control";
import { actionNodes } from "@holdfast/nodes/executors";
import { builtinManifests } from "@holdfast/nodes/manifests";
import type { NodeRegistry } from "./compiled-flow.ts";

const BUILT_IN: ReadonlyMap<string, NodeManifest> = new Map(
  builtinManifests.map((manifest) => [manifest.type, manifest]),
);

/** Two that claim to be the same version of the same type. */
export class NodeTypeConflict extends Error {
  override readonly name = "NodeTypeConflict";
}

const keyOf = (type: string, version: number): string => `${type}@${version}`;

export class NodeTypes implements NodeRegistry {
  /** The newest version of each type. */
  readonly manifests = new Map<string, NodeManifest>();
  /** The same in the order of the palette, and after them the older versions; always this very array. */
  readonly list: NodeManifest[] = [];
  readonly #actions = new Map<string, ActionNode>();
  readonly #packages = new Map<string, readonly ActionNode[]>();
  readonly #listeners = new Set<() => void>();

  /** `more`: as if they came in one package. */
  constructor(more: readonly ActionNode[] = []) {
    this.#packages.set("", more);
    this.#arrange();
  }

  control(type: string, version: number): ControlNode | undefined {
    return BUILT_IN.get(type)?.version === version ? controlNodes.get(type) : undefined;
  }

  action(type: string, version: number): ActionNode | undefined {
    return this.#actions.get(keyOf(type, version));
  }

  /** How the newest version of a type takes params of an older one. */
  migrations(type: string): Migrations | undefined {
    const version = this.manifests.get(type)?.version ?? 0;
    return (this.action(type, version) ?? this.control(type, version))?.migrate;
  }

  /**
   * The node types of a package, in place of those that it had. None: it is gone.
   * @throws NodeTypeConflict and leaves everything as it was
   */
  put(name: string, nodes: readonly ActionNode[]): void {
    for (const { manifest } of nodes) {
      if (BUILT_IN.has(manifest.type)) {
        throw new NodeTypeConflict(`${name}: the node type ${manifest.type} is a built-in one; choose another name`);
      }
      for (const [other, theirs] of this.#packages) {
        const same = other !== name && theirs.some((node) => sameVersion(node.manifest, manifest));
        if (same) {
          const where = other === "" ? "" : ` of ${other}`;
          throw new NodeTypeConflict(
            `${name}: version ${manifest.version} of ${manifest.type} is there already${where}`,
          );
        }
      }
    }
    this.#packages.set(name, nodes);
    this.#arrange();
    for (const listener of this.#listeners) listener();
  }

  /** Called after each change. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** What other processes are told: the newest version by type, and older ones as `type@version`. */
  told(): { [type: string]: number } {
    const told: { [type: string]: number } = {};
    for (const { type, version } of this.manifests.values()) told[type] = version;
    for (const { manifest } of this.#actions.values()) {
      if (told[manifest.type] !== manifest.version) told[keyOf(manifest.type, manifest.version)] = manifest.version;
    }
    return told;
  }

  #arrange(): void {
    this.#actions.clear();
    this.manifests.clear();
    for (const manifest of builtinManifests) this.manifests.set(manifest.type, manifest);
    for (const node of [...actionNodes.values(), ...[...this.#packages.values()].flat()]) {
      const { manifest } = node;
      this.#actions.set(keyOf(manifest.type, manifest.version), node);
      if (manifest.version >= (this.manifests.get(manifest.type)?.version ?? 0)) {
        this.manifests.set(manifest.type, manifest);
      }
    }
    const newest = [...this.manifests.values()];
    const older = [...this.#actions.values()].map(({ manifest }) => manifest).filter((one) => !newest.includes(one));
    this.list.splice(0, this.list.length, ...newest, ...older);
  }
}

const sameVersion = (one: NodeManifest, other: NodeManifest): boolean =>
  one.type === other.type && one.version === other.version;
