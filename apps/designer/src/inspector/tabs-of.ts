/** Which tabs a node has: by what its type's schema says, never by the type. */
import type { NodeManifest, NodeSpec } from "@holdfast/dsl";
import { isAt } from "../fields/asked-field.ts";
import { fieldsOf } from "../fields/form-model.ts";
import type { FieldSpec } from "../fields/form-model.ts";

export const TABS = ["setup", "form", "deadline", "retry", "lastRun"] as const;
export type Tab = (typeof TABS)[number];

export function tabsOf(manifest: NodeManifest, node: NodeSpec): readonly Tab[] {
  const used = new Set(fieldsOf(manifest.params, node.params).map(({ tab }) => tab));
  return TABS.filter((tab) => tab === "setup" || tab === "retry" || tab === "lastRun" || used.has(tab));
}

/** The fields of a tab; one whose tab has no place here stands on the first. */
export function fieldsOn(tab: Tab, manifest: NodeManifest, node: NodeSpec): readonly FieldSpec[] {
  const known: ReadonlySet<string> = new Set(TABS);
  return fieldsOf(manifest.params, node.params).filter((field) => (known.has(field.tab) ? field.tab : "setup") === tab);
}

/** The tab that shows a place of a node. `inner` is a JSON pointer into the node. */
export function tabAt(inner: string, manifest: NodeManifest, node: NodeSpec): Tab {
  const [, part = "", ...rest] = inner.split("/");
  if (part === "params") {
    const field = `/${rest.join("/")}`;
    return TABS.find((tab) => fieldsOn(tab, manifest, node).some(({ pointer }) => isAt(field, pointer))) ?? "setup";
  }
  return part === "" || part === "credential" || part === "name" || part === "type" ? "setup" : "retry";
}

/** The list in the params whose elements are the node's ports: `/cases` where the ports come from its elements. */
export function portList(manifest: NodeManifest): string | undefined {
  for (const rule of manifest.ports) {
    if (!("from" in rule)) continue;
    const star = rule.from.indexOf("/*/");
    if (star > 0) return rule.from.slice(0, star);
  }
  return undefined;
}

/** The field by which an element of that list names its port. */
export function portField(manifest: NodeManifest): string | undefined {
  for (const rule of manifest.ports) {
    if (!("from" in rule)) continue;
    const star = rule.from.indexOf("/*/");
    if (star > 0) return rule.from.slice(star + 3);
  }
  return undefined;
}
