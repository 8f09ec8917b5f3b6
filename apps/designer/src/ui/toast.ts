/** What was done, bottom left, with Undo where it can be. An error that must be acted on stands in its place instead. */
import { Toast } from "@base-ui/react/toast";
import { pageLanguage } from "../words/language.ts";
import { translator } from "../words/use-words.tsx";
import { words } from "./words.ts";

/** Milliseconds that it stands; longer where something can be undone or was missed. */
const SHORT = 5_000;
const LONG = 10_000;

export const toasts = Toast.createToastManager();

function undoLabel(): string {
  return translator(words, pageLanguage())("undo");
}

export function done(text: string, { undo }: { undo?: () => void } = {}): void {
  if (undo === undefined) {
    toasts.add({ title: text, timeout: SHORT });
    return;
  }
  const id = toasts.add({
    title: text,
    timeout: LONG,
    actionProps: {
      children: undoLabel(),
      onClick: () => {
        toasts.close(id);
        undo();
      },
    },
  });
}

export function failed(text: string): void {
  toasts.add({ title: text, type: "failed", priority: "high", timeout: LONG });
}
