/** What the canvas is given, and what it may ask for. */
import type { FlowDocument, NodeManifest } from "@holdfast/dsl";
import type { ReactNode } from "react";
import type { Point } from "../layout/card.ts";
import type { CanvasEdge, CardView, EdgeView } from "./card-view.ts";

export interface CanvasSelection {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

/** Where something is put in. The way into a loop's body is a port of the loop: `INTO` of walk.ts. */
export type InsertPlace =
  | { readonly onEdge: string }
  | {
      /** The corner of the new card; in a body, from the corner of its loop. Absent: where there is room. */
      readonly at?: Point;
      readonly into?: string;
      /** Absent: nothing leads to it yet. */
      readonly after?: { readonly from: string; readonly port: string };
    };

/** What may be changed. Ends are named as cards and their ports. Each call is one gesture and becomes one entry of the history. */
export interface CanvasActions {
  /** New corners, in the coordinates of the layout. Notes come as `note:id`. */
  move(positions: Readonly<Record<string, Point>>): void;
  connect(edge: { readonly from: string; readonly port: string; readonly to: string }): void;
  /** One end of an edge is moved; without `to` it was dropped on nothing. */
  reconnect(edge: string, next: { readonly from: string; readonly port: string; readonly to: string }): void;
  disconnect(edges: readonly string[]): void;
  /** Asks what to put in. `screen` is where the question stands. */
  insert(place: InsertPlace, screen: Point): void;
  /** What can be done with a card or an edge, or here on the canvas, is asked for. */
  menu(target: { readonly screen: Point; readonly at: Point; readonly card?: string; readonly edge?: string }): void;
  /** Something from the palette was dropped. */
  drop(entry: string, place: InsertPlace): void;
  rename(id: string, name: string): void;
  editNote(id: string, text: string): void;
}

export interface FlowCanvasProps {
  readonly flow: FlowDocument;
  readonly manifests: readonly NodeManifest[];
  /** `edit` needs `actions`. */
  readonly mode?: "edit" | "view";
  readonly actions?: CanvasActions;
  /** A draft has the graticule and a dashed line on top, a frozen version a plain ground. By default as the mode. */
  readonly ground?: "draft" | "frozen";
  /** What stands on a card besides what the document says. Keep the function stable: it is asked for every card. */
  readonly cards?: (id: string) => CardView | undefined;
  readonly edges?: (edge: CanvasEdge) => EdgeView | undefined;
  readonly selection?: CanvasSelection;
  readonly onSelect?: (selection: CanvasSelection) => void;
  /** Enter or a double click on a card. */
  readonly onOpen?: (id: string) => void;
  /** Brings a card into the picture and gives it the focus; a new object asks again. */
  readonly focus?: { readonly id: string };
  readonly onFocus?: (id: string) => void;
  /** Whose name is being written; see `onRenameEnd`. */
  readonly renaming?: string | undefined;
  readonly onRenameEnd?: () => void;
  readonly minimap?: boolean;
  /** Which corner the zoom controls are in. */
  readonly controls?: "left" | "right" | "none";
  /** Beside the zoom controls: the way to the outline. */
  readonly onOutline?: () => void;
  readonly children?: ReactNode;
  readonly className?: string;
}
