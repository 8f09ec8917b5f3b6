import { lazy, Suspense, useEffect, type ComponentType, type JSX } from "react";
import { useWords } from "../words/use-words.tsx";
import { words as shell } from "../app/words.ts";
import { hideKeys, showKeys, useOverlay } from "./overlay.ts";
import { useCommands } from "./use-commands.ts";

const loadPalette = async (): Promise<{ default: ComponentType<{ onClose: () => void }> }> => ({
  default: (await import("./palette.tsx")).Palette,
});
const Palette = lazy(loadPalette);
const KeySheet = lazy(async () => ({ default: (await import("./key-sheet.tsx")).KeySheet }));

/** Milliseconds after which a page has what it needs, and the palette can come. */
const IDLE = 1_500;

/** The palette and the sheet of keys, fetched when they are first opened. */
export function KeyOverlays(): JSX.Element {
  const t = useWords(shell);
  const open = useOverlay();
  useEffect(() => {
    // Whoever presses ⌘K types on at once.
    const timer = setTimeout(() => void loadPalette().catch(() => undefined), IDLE);
    return () => clearTimeout(timer);
  }, []);
  useCommands([
    {
      id: "palette",
      label: t("find"),
      keys: "⌘K",
      group: t("goTo"),
      inInputs: true,
      keysOnly: true,
      run: () => showKeys("palette"),
    },
    { id: "keys", label: t("keys"), keys: "?", group: t("goTo"), run: () => showKeys("sheet") },
  ]);
  return (
    <Suspense>
      {open === "palette" && <Palette onClose={hideKeys} />}
      {open === "sheet" && <KeySheet onClose={hideKeys} />}
    </Suspense>
  );
}
