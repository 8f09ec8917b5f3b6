import { NumberField } from "@base-ui/react/number-field";
import { Minus, Plus } from "lucide-react";
import type { JSX, ReactNode } from "react";
import { useLanguage, useWords } from "../words/use-words.tsx";
import { CONTROL, CONTROL_SIZE, type ControlSize } from "./control.ts";
import { cx } from "./cx.ts";
import { words } from "./words.ts";

export interface NumberInputProps {
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly label?: string | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly step?: number | undefined;
  readonly format?: Intl.NumberFormatOptions | undefined;
  readonly size?: ControlSize | undefined;
  readonly disabled?: boolean | undefined;
  readonly invalid?: boolean | undefined;
  /** Before the number: a currency's sign. */
  readonly before?: ReactNode;
  /** With − and + at its right. */
  readonly steps?: boolean | undefined;
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly onBlur?: (() => void) | undefined;
}

/** A number, read and shown in the person's own notation. */
export function NumberInput(props: NumberInputProps): JSX.Element {
  const {
    value,
    onChange,
    label,
    min,
    max,
    step,
    format,
    size = "md",
    disabled,
    invalid,
    before,
    steps,
    ...rest
  } = props;
  const language = useLanguage();
  const t = useWords(words);
  const round = "grid size-6 place-items-center text-text-3 hover:text-text disabled:opacity-45";
  return (
    <NumberField.Root
      value={value}
      onValueChange={(next) => onChange(next)}
      min={min}
      max={max}
      step={step}
      format={format}
      disabled={disabled}
      locale={language}
      id={rest.id}
      name={rest.name}
    >
      <NumberField.Group className="relative flex items-center">
        {before !== undefined && <span className="pointer-events-none absolute left-2 text-text-3">{before}</span>}
        <NumberField.Input
          aria-label={label}
          aria-invalid={invalid}
          onBlur={rest.onBlur}
          className={cx(
            CONTROL,
            CONTROL_SIZE[size],
            "tabular-nums",
            before !== undefined && "pl-6",
            steps === true && "pr-14",
          )}
        />
        {steps === true && (
          <span className="absolute right-1 flex">
            <NumberField.Decrement aria-label={t("less")} className={round}>
              <Minus aria-hidden className="size-3.5" strokeWidth={1.75} />
            </NumberField.Decrement>
            <NumberField.Increment aria-label={t("more")} className={round}>
              <Plus aria-hidden className="size-3.5" strokeWidth={1.75} />
            </NumberField.Increment>
          </span>
        )}
      </NumberField.Group>
    </NumberField.Root>
  );
}
