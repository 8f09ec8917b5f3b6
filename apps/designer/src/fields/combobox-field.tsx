import type { JSX } from "react";
import { Combobox, type ComboboxProps } from "../ui/combobox.tsx";
import type { ParamFieldProps } from "./host.ts";
import { PlainField } from "./plain-field.tsx";
import type { Param } from "./use-param.ts";

export interface ComboboxFieldProps
  extends Pick<ParamFieldProps, "bare">, Pick<ComboboxProps<string>, "options" | "placeholder" | "allowCustom"> {
  readonly param: Param;
}

/** A param whose value is one of many names, found by typing. */
export function ComboboxField({ param, bare, ...rest }: ComboboxFieldProps): JSX.Element {
  const { label, value, set, error } = param;
  return (
    <PlainField param={param} bare={bare}>
      <Combobox<string>
        {...rest}
        label={label}
        value={typeof value === "string" && value !== "" ? value : null}
        invalid={error !== undefined}
        onChange={set}
      />
    </PlainField>
  );
}
