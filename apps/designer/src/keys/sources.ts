/** What the palette finds beside commands: flows, runs, the nodes of the flow that is open. */
import type { LucideIcon } from "lucide-react";
import { useEffect, useRef } from "react";
import { createStore } from "zustand/vanilla";

export interface Found {
  /** Unique in its source. */
  readonly id: string;
  readonly label: string;
  /** Behind the label, quieter. */
  readonly detail?: string | undefined;
  readonly icon?: LucideIcon | undefined;
  readonly run: () => void;
}

export interface PaletteSource {
  readonly id: string;
  /** The heading of what it finds. */
  readonly group: string;
  /** Called with what is typed, at least one letter. The palette cuts long answers. */
  readonly find: (text: string, signal: AbortSignal) => readonly Found[] | Promise<readonly Found[]>;
}

export const sources = createStore<{ readonly all: readonly { current: PaletteSource }[] }>(() => ({ all: [] }));

/** The palette asks this source while the component is shown. */
export function usePaletteSource(source: PaletteSource): void {
  const ref = useRef(source);
  useEffect(() => {
    ref.current = source;
  });
  useEffect(() => {
    sources.setState(({ all }) => ({ all: [...all, ref] }));
    return () => sources.setState(({ all }) => ({ all: all.filter((each) => each !== ref) }));
  }, []);
}
