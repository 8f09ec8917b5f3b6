/** What was done, bottom left, with Undo where it can be. An error that must be acted on stands in its place instead. */
import { toast } from "sonner";
import { preferredLanguage } from "../words/language.ts";
import { translator } from "../words/use-words.tsx";
import { words } from "./words.ts";

function undoLabel(): string {
  return translator(words, preferredLanguage([document.documentElement.lang]))("undo");
}

export function done(text: string, { undo }: { undo?: () => void } = {}): void {
  toast(text, undo === undefined ? {} : { action: { label: undoLabel(), onClick: undo }, duration: 10_000 });
}

export function failed(text: string): void {
  toast.error(text, { duration: 10_000 });
}
