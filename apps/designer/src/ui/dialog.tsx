import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useRef, type JSX, type ReactNode, type RefObject } from "react";
import { useWords } from "../words/use-words.tsx";
import { cx } from "./cx.ts";
import { words } from "./words.ts";

export interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  readonly children: ReactNode;
  /** What can be done, the answer that is meant last. */
  readonly footer?: ReactNode;
  readonly size?: "sm" | "md" | "lg" | undefined;
  /** What has the focus first; else the first field, else the first button. */
  readonly initialFocus?: RefObject<HTMLElement | null> | undefined;
}

const SIZE = { sm: "max-w-[420px]", md: "max-w-[560px]", lg: "max-w-[860px]" } as const;

/** Where somebody begins to type. */
function firstField(body: HTMLElement | null): HTMLElement | undefined {
  return body?.querySelector<HTMLElement>("input:not([type=hidden]):not([tabindex='-1']), textarea") ?? undefined;
}

/** A question that stops the work. What fits the inspector belongs there instead. */
export function Dialog(props: DialogProps): JSX.Element {
  const { open, onClose, title, children, footer, size = "sm", initialFocus } = props;
  const body = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="hf-scrim fixed inset-0 z-40 bg-scrim" />
        <Base.Viewport className="fixed inset-0 z-40 grid place-items-center overflow-y-auto p-4 max-sm:items-end max-sm:p-0">
          <Base.Popup
            initialFocus={initialFocus ?? (() => firstField(body.current) ?? true)}
            className={cx(
              "hf-pop flex max-h-[calc(100dvh-2rem)] w-full flex-col rounded-lg border border-border-strong bg-surface-raised shadow-modal outline-none max-sm:rounded-b-none",
              SIZE[size],
            )}
          >
            <Head title={title} />
            <div ref={body} className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">
              {children}
            </div>
            {footer !== undefined && (
              <div className="flex flex-wrap justify-end gap-2 border-t border-border px-5 py-3">{footer}</div>
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

export interface SheetProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  readonly size?: "md" | "lg" | undefined;
}

/** A page's second half, from the right. */
export function Sheet({ open, onClose, title, children, footer, size = "md" }: SheetProps): JSX.Element {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="hf-scrim fixed inset-0 z-40 bg-scrim" />
        <Base.Popup
          className={cx(
            "hf-sheet fixed inset-y-0 right-0 z-40 flex w-full flex-col border-l border-border-strong bg-surface-raised shadow-modal outline-none",
            size === "lg" ? "max-w-[860px]" : "max-w-[520px]",
          )}
        >
          <Head title={title} />
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
          {footer !== undefined && (
            <div className="flex flex-wrap justify-end gap-2 border-t border-border px-5 py-3">{footer}</div>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

function Head({ title }: { title: ReactNode }): JSX.Element {
  const t = useWords(words);
  return (
    <div className="flex shrink-0 items-start gap-3 px-5 pt-4 pb-3">
      <Base.Title className="min-w-0 flex-1 text-16 font-semibold tracking-[-.01em]">{title}</Base.Title>
      <Base.Close
        aria-label={t("close")}
        className="-mr-1.5 grid size-7 shrink-0 place-items-center rounded-sm text-text-2 hover:bg-surface-hover hover:text-text pointer-coarse:size-11"
      >
        <X aria-hidden className="size-4" strokeWidth={1.75} />
      </Base.Close>
    </div>
  );
}
