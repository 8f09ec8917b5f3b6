import { Popover } from "@base-ui/react/popover";
import type { Roots, TypeEnv } from "@holdfast/dsl";
import { useMemo, type JSX, type RefObject } from "react";
import { cx } from "../ui/cx.ts";
import { POP } from "../ui/pop.ts";
import { OutputPicker } from "./output-picker.tsx";
import { outputsTree } from "./outputs-tree.ts";

export interface PickerPopupProps {
  readonly open: boolean;
  readonly anchor: RefObject<HTMLDivElement | null>;
  readonly env: TypeEnv;
  readonly nodeName: (id: string) => string;
  readonly roots: Roots;
  readonly onClose: () => void;
  readonly onChoose: (expression: string) => void;
  readonly onBrace: (() => void) | undefined;
}

/** The picker, hung under the field that it inserts into. */
export function PickerPopup({ open, anchor, onClose, ...rest }: PickerPopupProps): JSX.Element {
  return (
    <Popover.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Popover.Portal>
        <Popover.Positioner
          anchor={anchor}
          side="bottom"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-50"
        >
          <Popover.Popup
            className={cx(POP, "w-(--anchor-width) min-w-72 max-w-[calc(100vw-1rem)] p-2")}
            finalFocus={false}
          >
            {open && <PickerBody {...rest} onClose={onClose} />}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function PickerBody(props: Omit<PickerPopupProps, "open" | "anchor">): JSX.Element {
  const { env, nodeName, roots, onChoose, onClose, onBrace } = props;
  const items = useMemo(() => outputsTree(env, nodeName, roots), [env, nodeName, roots]);
  return (
    <OutputPicker
      items={items}
      autoFocus
      onChoose={(expression) => {
        onClose();
        onChoose(expression);
      }}
      onBrace={
        onBrace &&
        (() => {
          onClose();
          onBrace();
        })
      }
    />
  );
}
