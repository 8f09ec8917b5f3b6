/** Which of the two overlays of keys is open: the palette (⌘K) or the sheet (?). */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

export type Overlay = "palette" | "sheet";

const overlay = createStore<{ readonly open: Overlay | undefined }>(() => ({ open: undefined }));

export function showKeys(open: Overlay): void {
  overlay.setState({ open });
}

export function hideKeys(): void {
  overlay.setState({ open: undefined });
}

export function useOverlay(): Overlay | undefined {
  return useStore(overlay, ({ open }) => open);
}
