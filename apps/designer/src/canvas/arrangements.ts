/** The ways in which several cards can be brought to one line, or apart evenly: by a button and by a command. */
import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
  type LucideIcon,
} from "lucide-react";
import type { editWords } from "./edit-words.ts";
import type { Editing } from "./editing.ts";

interface Arrangement {
  /** Of its words. */
  readonly id: keyof (typeof editWords)["en"];
  readonly icon: LucideIcon;
  readonly arrange: (editing: Editing, ids: readonly string[]) => void;
}

export const ARRANGEMENTS: readonly Arrangement[] = [
  { id: "alignLeft", icon: AlignStartVertical, arrange: (editing, ids) => editing.align(ids, "left") },
  { id: "alignCenter", icon: AlignCenterVertical, arrange: (editing, ids) => editing.align(ids, "center") },
  { id: "alignRight", icon: AlignEndVertical, arrange: (editing, ids) => editing.align(ids, "right") },
  { id: "alignTop", icon: AlignStartHorizontal, arrange: (editing, ids) => editing.align(ids, "top") },
  { id: "alignMiddle", icon: AlignCenterHorizontal, arrange: (editing, ids) => editing.align(ids, "middle") },
  { id: "alignBottom", icon: AlignEndHorizontal, arrange: (editing, ids) => editing.align(ids, "bottom") },
  { id: "distributeX", icon: AlignHorizontalDistributeCenter, arrange: (editing, ids) => editing.distribute(ids, "x") },
  { id: "distributeY", icon: AlignVerticalDistributeCenter, arrange: (editing, ids) => editing.distribute(ids, "y") },
];
