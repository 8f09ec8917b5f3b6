import { Combobox as Base } from "@base-ui/react/combobox";
import { ChevronDown } from "lucide-react";
import { useMemo, useState, type JSX } from "react";
import { useWords } from "../words/use-words.tsx";
import { CONTROL, CONTROL_SIZE, type ControlSize } from "./control.ts";
import { cx } from "./cx.ts";
import { Chosen, type Option, OptionText } from "./option.tsx";
import { POP, POP_ROW } from "./pop.ts";
import { words } from "./words.ts";

export interface ComboboxProps<T extends string> {
  readonly value: T | null | undefined;
  readonly options: readonly Option<T>[];
  readonly onChange: (value: T) => void;
  readonly label: string;
  /** What was typed may be chosen as it is, which Enter does; "last": Enter takes what fits it first. Then `T` is `string`. */
  readonly allowCustom?: boolean | "last" | undefined;
  readonly size?: ControlSize | undefined;
  readonly placeholder?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly invalid?: boolean | undefined;
  readonly mono?: boolean | undefined;
  readonly className?: string | undefined;
}

interface Row {
  readonly value: string;
  readonly label: string;
  readonly custom?: boolean;
}

/**
 * The options, and the typed text itself where that is allowed: before options that only hold it, so that Enter takes
 * what was typed and nothing longer.
 */
export function rowsFor(
  options: readonly Option[],
  typed: string,
  allowCustom: ComboboxProps<string>["allowCustom"],
): readonly Row[] {
  const text = typed.trim();
  const known = options.find(({ value, label }) => value === text || label === text);
  const rows: readonly Row[] = options.map(({ value, label }) => ({ value, label }));
  if (known !== undefined) {
    const first = rows.filter(({ value }) => value === known.value);
    return [...first, ...rows.filter(({ value }) => value !== known.value)];
  }
  if (allowCustom === undefined || allowCustom === false || text === "") return rows;
  const custom = { value: text, label: text, custom: true };
  return allowCustom === "last" ? [...rows, custom] : [custom, ...rows];
}

/** One of many, found by typing. */
export function Combobox<T extends string>(props: ComboboxProps<T>): JSX.Element {
  const { value, options, onChange, label, allowCustom = false, size = "md", placeholder, mono, className } = props;
  const t = useWords(words);
  const [typed, setTyped] = useState("");
  const byValue = useMemo(() => new Map<string, Option<T>>(options.map((option) => [option.value, option])), [options]);
  const chosenLabel = value === null || value === undefined ? "" : (byValue.get(value)?.label ?? value);
  // The same row until another is chosen: a new one puts its name back over what is being typed.
  const chosen: Row | null = useMemo(
    () => (value === null || value === undefined ? null : { value, label: chosenLabel }),
    [value, chosenLabel],
  );
  // What is chosen already stays in its place in the list.
  const asked = typed === chosenLabel && value !== null && value !== undefined && byValue.has(value) ? "" : typed;
  const rows = useMemo(() => rowsFor(options, asked, allowCustom), [options, asked, allowCustom]);
  const choose = (row: Row): void => {
    const known = byValue.get(row.value);
    // What was typed is offered only where the caller's values are any text.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    onChange(known?.value ?? (row.value as T));
  };
  return (
    <Base.Root<Row>
      items={rows}
      value={chosen}
      onValueChange={(row) => {
        if (row !== null) choose(row);
      }}
      onInputValueChange={setTyped}
      isItemEqualToValue={(one, other) => one.value === other.value}
      autoHighlight
      disabled={props.disabled}
    >
      <Base.InputGroup className="relative flex items-center">
        <Base.Input
          aria-label={label}
          aria-invalid={props.invalid}
          placeholder={placeholder ?? t("type")}
          className={cx(CONTROL, CONTROL_SIZE[size], "pr-7", mono === true && "font-mono text-12", className)}
        />
        <Base.Trigger aria-label={label} className="absolute right-1 grid size-6 place-items-center text-text-3">
          <ChevronDown aria-hidden className="size-3.5" strokeWidth={1.75} />
        </Base.Trigger>
      </Base.InputGroup>
      <Base.Portal>
        <Base.Positioner sideOffset={4} collisionPadding={8} className="z-50">
          <Base.Popup className={cx(POP, "w-(--anchor-width) min-w-48")}>
            <Base.Empty className="text-12 text-text-3 not-empty:p-3">{t("nothingFits")}</Base.Empty>
            <Base.List className="p-1 empty:p-0">
              {(row: Row) => (
                <Base.Item key={row.value} value={row} className={POP_ROW}>
                  {row.custom === true ? (
                    <span className="truncate">{t("use", { text: row.label })}</span>
                  ) : (
                    <OptionText option={byValue.get(row.value) ?? row} />
                  )}
                  <Base.ItemIndicator render={<span />}>
                    <Chosen />
                  </Base.ItemIndicator>
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
