import type { JSX } from "react";
import { Toaster } from "sonner";
import { useWords } from "../words/use-words.tsx";
import { words } from "../ui/words.ts";

/** Bottom left: what was done, with Undo. */
export function Toasts(): JSX.Element {
  const t = useWords(words);
  return (
    <Toaster
      position="bottom-left"
      containerAriaLabel={t("notifications")}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-center gap-3 rounded-md border border-border-strong bg-surface-raised px-3 py-2 text-13 text-text shadow-float max-sm:mb-14",
          title: "min-w-0",
          actionButton: "ml-auto shrink-0 font-medium text-accent-text",
          error: "text-failed-text",
        },
      }}
    />
  );
}
