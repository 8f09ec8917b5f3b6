/** The rows of a tree that are in sight, from the top. */
import type { OutputItem } from "./outputs-tree.ts";

export interface VisibleItem {
  readonly item: OutputItem;
  readonly depth: number;
  readonly parent: string | undefined;
  readonly open: boolean;
}

export function visibleItems(
  items: readonly OutputItem[],
  isOpen: (path: string) => boolean,
  depth = 0,
  parent?: string,
): VisibleItem[] {
  return items.flatMap((item): VisibleItem[] => {
    const open = item.children.length > 0 && isOpen(item.path);
    const row = { item, depth, parent, open };
    return open ? [row, ...visibleItems(item.children, isOpen, depth + 1, item.path)] : [row];
  });
}
