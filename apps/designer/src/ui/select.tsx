import { Select as Base } from "@base-ui/react/select";
import { ChevronDown } from "lucide-react";
import type { JSX } from "react";
import { useWords } from "../words/use-words.tsx";
import { CONTROL, CONTROL_SIZE, type ControlSize } from "./control.ts";
import { cx } from "./cx.ts";
import { Chosen, type Option, OptionText } from "./option.tsx";
import { POP, POP_ROW } from "./pop.ts";
import { words } from "./words.ts";

export interface SelectProps<T extends string> {
  readonly value: T | null | undefined;
  readonly options: readonly Option<T>[];
  readonly onChange: (value: T) => void;
  /** Its name; inside a Field the field's label names it as well. */
  readonly label: string;
  /** The id of its name, where the label of the field around it is not its own. */
  readonly labelledBy?: string | undefined;
  readonly size?: ControlSize | undefined;
  readonly placeholder?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly invalid?: boolean | undefined;
  readonly className?: string | undefined;
}

/** One of a few. More than a dozen: a Combobox. */
export function Select<T extends string>(props: SelectProps<T>): JSX.Element {
  const { value, options, onChange, label, labelledBy, size = "md", placeholder, disabled, invalid, className } = props;
  const t = useWords(words);
  const chosen = options.find((option) => option.value === value);
  return (
    <Base.Root
      value={value ?? null}
      onValueChange={(next) => {
        if (next !== null) onChange(next);
      }}
      disabled={disabled}
      modal={false}
    >
      <Base.Trigger
        aria-label={label}
        {...(labelledBy !== undefined && { "aria-labelledby": labelledBy })}
        aria-invalid={invalid}
        className={cx(CONTROL, CONTROL_SIZE[size], "flex items-center gap-2 text-left", className)}
      >
        {chosen !== undefined ? (
          <OptionText option={chosen} />
        ) : (
          <span className="min-w-0 flex-1 truncate text-text-3">{placeholder ?? t("choose")}</span>
        )}
        <ChevronDown aria-hidden className="size-3.5 shrink-0 text-text-3" strokeWidth={1.75} />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} collisionPadding={8} className="z-50">
          <Base.Popup className={cx(POP, "min-w-(--anchor-width) p-1")}>
            {options.map((option) => (
              <Base.Item key={option.value} value={option.value} label={option.label} className={POP_ROW}>
                <OptionText option={option} />
                <Base.ItemIndicator render={<span />}>
                  <Chosen />
                </Base.ItemIndicator>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
