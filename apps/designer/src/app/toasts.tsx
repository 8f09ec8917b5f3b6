import { Toast } from "@base-ui/react/toast";
import { TriangleAlert, X } from "lucide-react";
import type { JSX } from "react";
import { toasts } from "../ui/toast.ts";
import { words } from "../ui/words.ts";
import { useWords } from "../words/use-words.tsx";

/** Bottom left: what was done, with Undo. */
export function Toasts(): JSX.Element {
  const t = useWords(words);
  return (
    <Toast.Provider toastManager={toasts} limit={3}>
      <Toast.Portal>
        <Toast.Viewport
          aria-label={t("notifications")}
          className="fixed bottom-3 left-3 z-50 flex w-80 max-w-[calc(100vw-1.5rem)] flex-col gap-2 max-sm:bottom-[4.5rem]"
        >
          <Rows />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Rows(): JSX.Element {
  const t = useWords(words);
  const { toasts: shown } = Toast.useToastManager();
  return (
    <>
      {shown.map((toast) => (
        <Toast.Root
          key={toast.id}
          toast={toast}
          className="hf-pop rounded-md border border-border-strong bg-surface-raised shadow-float data-limited:hidden"
        >
          <Toast.Content className="flex min-h-10 items-center gap-2 py-1.5 pr-1.5 pl-3">
            {toast.type === "failed" && (
              <TriangleAlert aria-hidden className="size-4 shrink-0 text-failed" strokeWidth={1.75} />
            )}
            <Toast.Title className="min-w-0 flex-1 break-words" render={<p />} />
            {toast.actionProps !== undefined && (
              <Toast.Action className="shrink-0 rounded-sm px-2 py-1 font-medium text-accent-text hover:bg-surface-hover pointer-coarse:min-h-11" />
            )}
            <Toast.Close
              aria-label={t("dismiss")}
              className="grid size-7 shrink-0 place-items-center rounded-sm text-text-3 hover:bg-surface-hover hover:text-text pointer-coarse:size-11"
            >
              <X aria-hidden className="size-3.5" strokeWidth={1.75} />
            </Toast.Close>
          </Toast.Content>
        </Toast.Root>
      ))}
    </>
  );
}
