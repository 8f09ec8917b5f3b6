import { useCallback, type JSX, type KeyboardEvent, type RefObject } from "react";
import type { EditingState } from "../../canvas/use-editing.ts";
import { SoftLock } from "../../draft/lock.tsx";
import type { OpenDraft } from "../../draft/use-draft.ts";
import { Inspector } from "../../inspector/inspector.tsx";
import { useWords } from "../../words/use-words.tsx";
import { SidePanel } from "./side-panel.tsx";
import type { GoTo } from "./use-go-to.ts";
import { words } from "./words.ts";

/** The right side: the panel of what is selected. Escape leads back to its card. */
export function Explainer(props: {
  panel: RefObject<HTMLDivElement | null>;
  state: EditingState;
  draft: OpenDraft;
  goTo: GoTo;
  onClose: () => void;
}): JSX.Element {
  const { panel, state, draft, goTo, onClose } = props;
  const t = useWords(words);
  const { editing, focusCard } = state;
  const duplicate = useCallback(
    (ids: readonly string[]) => {
      const first = editing.duplicate(ids);
      if (first !== undefined) focusCard(first);
    },
    [editing, focusCard],
  );
  return (
    <div
      ref={panel}
      role="complementary"
      aria-label={t("inspector")}
      className="flex min-h-0 max-[899px]:contents"
      onKeyDown={(event) => {
        if (leaves(event)) state.focusCard(state.at.current);
      }}
    >
      <SidePanel
        name="inspector"
        side="right"
        width={372}
        least={320}
        most={560}
        className="border-l border-border bg-surface min-[900px]:max-xl:max-w-[44vw] max-[899px]:!absolute max-[899px]:inset-0 max-[899px]:z-30 max-[899px]:!w-full"
      >
        <SoftLock people={draft.people}>
          <Inspector
            asked={goTo.asked}
            duplicate={duplicate}
            remove={state.askDelete}
            onShown={(found) => {
              goTo.shown();
              if (!found) focusInto(panel.current);
            }}
            onClose={() => {
              onClose();
              state.onSelect({ nodes: new Set(), edges: new Set() });
              state.focusCard(state.at.current);
            }}
          />
        </SoftLock>
      </SidePanel>
    </div>
  );
}

/** Unless Escape closes something first. */
function leaves({ key, target, currentTarget, defaultPrevented }: KeyboardEvent<HTMLElement>): boolean {
  if (key !== "Escape" || defaultPrevented || !(target instanceof HTMLElement)) return false;
  return currentTarget.contains(target) && target.getAttribute("aria-expanded") !== "true";
}

/** The first field, else the first thing that can be pressed. */
export function focusInto(panel: HTMLElement | null): void {
  const field = panel?.querySelector<HTMLElement>(
    "input:not([type=hidden]), textarea, [contenteditable=true], [role=combobox]",
  );
  (field ?? panel?.querySelector<HTMLElement>("button"))?.focus();
}
