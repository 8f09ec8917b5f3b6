import { Field } from "@base-ui/react/field";
import type { ComponentPropsWithRef, JSX } from "react";
import { CONTROL, CONTROL_SIZE } from "./control.ts";
import { cx } from "./cx.ts";

export interface TextAreaProps extends Omit<ComponentPropsWithRef<"textarea">, "onChange" | "value" | "defaultValue"> {
  readonly value?: string | undefined;
  readonly defaultValue?: string | undefined;
  readonly onChange?: ((value: string) => void) | undefined;
  readonly mono?: boolean | undefined;
  readonly invalid?: boolean | undefined;
}

/** Text of several lines; it grows with what is written. */
export function TextArea(props: TextAreaProps): JSX.Element {
  const { onChange, mono = false, invalid, className, rows = 3, value, defaultValue, ...rest } = props;
  return (
    <Field.Control
      {...(value === undefined ? {} : { value })}
      {...(defaultValue === undefined ? {} : { defaultValue })}
      aria-invalid={invalid}
      onValueChange={(next) => onChange?.(next)}
      className={cx(CONTROL, CONTROL_SIZE.md, "field-sizing-content resize-y", mono && "font-mono text-12", className)}
      render={<textarea {...rest} />}
      style={{ minHeight: `calc(${rows}lh + 0.625rem)` }}
    />
  );
}
