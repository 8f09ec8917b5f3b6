/** What cards and edges of one canvas may ask of it. Stable for the canvas's life, so that it re-renders no card. */
import { createContext } from "react";

export interface PortRef {
  readonly node: string;
  readonly port: string;
}

export interface CanvasRequests {
  readonly mode: "edit" | "view";
  /** The `+` of a port was pressed. */
  readonly insertAfter: (port: PortRef) => void;
  /** The `+` of an edge was pressed. */
  readonly insertOn: (edge: string) => void;
  readonly focused: (id: string) => void;
  /** The card took the focus that was asked for; see `wantsFocus`. */
  readonly wantsFocus: (id: string) => boolean;
  readonly rename: (id: string, name: string) => void;
  readonly renameEnded: (id: string) => void;
  readonly editNote: (id: string, text: string) => void;
}

const nothing = (): void => undefined;

const IDLE_REQUESTS: CanvasRequests = {
  mode: "view",
  insertAfter: nothing,
  insertOn: nothing,
  focused: nothing,
  wantsFocus: () => false,
  rename: nothing,
  renameEnded: nothing,
  editNote: nothing,
};

export const CanvasContext = createContext<CanvasRequests>(IDLE_REQUESTS);
