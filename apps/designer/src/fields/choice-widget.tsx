import type { JsonObject } from "@holdfast/dsl";
import { useState, type JSX } from "react";
import { Segmented } from "../ui/segmented.tsx";
import { useWords } from "../words/use-words.tsx";
import { startValue, variantOf, variantsOf } from "./form-model.ts";
import { GroupFrame } from "./group-frame.tsx";
import type { ParamFieldProps } from "./host.ts";
import { useParam } from "./use-param.ts";
import { words } from "./words.ts";

const KINDS = new Map(
  Object.entries({
    string: "textKind",
    array: "listKind",
    number: "numberKind",
    integer: "numberKind",
    boolean: "boolKind",
    object: "objectKind",
    null: "nullKind",
  } as const),
);

/** One of several kinds of value: an address, or a list of them. */
export function ChoiceWidget(props: ParamFieldProps): JSX.Element {
  const { host, value, set, label, help, issues } = useParam(props);
  const t = useWords(words);
  const variants = variantsOf(props.schema);
  const [chosen, setChosen] = useState<number>();
  const at = value === undefined ? (chosen ?? 0) : variantOf(variants, value);
  const variant = variants[at] ?? {};
  const nameOf = (schema: JsonObject): string => {
    const { type } = schema;
    return t(typeof type === "string" ? (KINDS.get(type) ?? "textKind") : "textKind");
  };
  const actions = (
    <Segmented
      size="sm"
      label={t("kind")}
      value={String(at)}
      options={variants.map((one, index) => ({ value: String(index), label: nameOf(one) }))}
      onChange={(next) => {
        const index = Number(next);
        setChosen(index);
        const start = startValue(variants[index] ?? {});
        // The text becomes the first of the list, and the other way round.
        if (Array.isArray(start) && typeof value === "string" && value !== "") set([value]);
        else if (typeof start === "string" && Array.isArray(value)) set(value[0] ?? start);
        else set(start);
      }}
    />
  );
  return (
    <GroupFrame
      label={label}
      help={help}
      issues={issues}
      bare={props.bare}
      actions={props.bare === true ? undefined : actions}
    >
      {variant["type"] !== "null" && (
        <host.Field pointer={props.pointer} schema={variant} required={props.required} label={label} bare />
      )}
    </GroupFrame>
  );
}
