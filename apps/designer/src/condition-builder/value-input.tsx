import { Braces, X } from "lucide-react";
import { useState, type JSX } from "react";
import type { OutputItem } from "../expression-field/outputs-tree.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { NumberInput } from "../ui/number-input.tsx";
import { Select } from "../ui/select.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { useWords } from "../words/use-words.tsx";
import { FieldButton } from "./field-button.tsx";
import type { FieldType } from "./field-kind.ts";
import { listText, readList, readScalar, scalarText } from "./value-text.ts";
import type { Operator, RowValue } from "./rows.ts";
import { words } from "./words.ts";

export interface ValueInputProps {
  readonly type: FieldType;
  readonly operator: Operator;
  readonly value: RowValue | undefined;
  readonly onChange: (value: RowValue | undefined) => void;
  readonly items: readonly OutputItem[];
}

/** What a row compares with: typed as the field's type asks for, or other data. */
export function ValueInput(props: ValueInputProps): JSX.Element {
  const { operator, value, onChange, items } = props;
  const t = useWords(words);
  if (value?.kind === "field") {
    return (
      <div className="flex min-w-0 items-center gap-0.5">
        <span className="min-w-0 flex-1">
          <FieldButton
            label={t("value")}
            field={value.field}
            placeholder={t("chooseField")}
            items={items}
            onChoose={(field) => onChange({ kind: "field", field })}
          />
        </span>
        <IconButton icon={X} size="sm" label={t("backToValue")} onClick={() => onChange(undefined)} />
      </div>
    );
  }
  const several = operator === "oneOf" || operator === "noneOf";
  return (
    <div className="flex min-w-0 items-center gap-0.5">
      <span className="min-w-0 flex-1">{several ? <ListInput {...props} /> : <ScalarInput {...props} />}</span>
      {!several && (
        <FieldButton
          label={t("compareWith")}
          field=""
          placeholder=""
          items={items}
          onChoose={(field) => onChange({ kind: "field", field })}
        >
          <Braces aria-hidden className="size-3.5" strokeWidth={1.75} />
        </FieldButton>
      )}
    </div>
  );
}

function ListInput({ type, value, onChange }: ValueInputProps): JSX.Element {
  const t = useWords(words);
  const text = value?.kind === "list" ? listText(value.values) : "";
  return (
    <TextInput
      size="sm"
      className="min-h-7"
      aria-label={t("values")}
      placeholder={type.values.length > 0 ? listText(type.values.slice(0, 2)) : "a, b"}
      defaultValue={text}
      key={text}
      onBlur={(event) => {
        const values = readList(event.currentTarget.value, type);
        onChange(values.length === 0 ? undefined : { kind: "list", values });
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
      }}
    />
  );
}

function ScalarInput({ type, value, onChange }: ValueInputProps): JSX.Element {
  const t = useWords(words);
  const literal = value?.kind === "literal" ? value.value : undefined;
  const label = t("value");
  switch (type.kind) {
    case "number":
      return (
        <NumberInput
          size="sm"
          label={label}
          value={typeof literal === "number" ? literal : null}
          onChange={(next) => onChange(next === null ? undefined : { kind: "literal", value: next })}
          format={{ maximumFractionDigits: 10 }}
        />
      );
    case "choice":
      return (
        <Select
          size="sm"
          className="min-h-7"
          label={label}
          value={literal === undefined ? null : String(literal)}
          options={type.values.map((one) => ({ value: String(one), label: String(one) }))}
          onChange={(next) => {
            const found = type.values.find((one) => String(one) === next);
            if (found !== undefined) onChange({ kind: "literal", value: found });
          }}
        />
      );
    case "date":
      return (
        <TextInput
          size="sm"
          className="min-h-7"
          type="date"
          aria-label={label}
          value={typeof literal === "string" ? literal.slice(0, 10) : ""}
          onChange={(next) => onChange(next === "" ? undefined : { kind: "literal", value: next })}
        />
      );
    default:
      return <TypedInput label={label} type={type} literal={literal} onChange={onChange} />;
  }
}

interface TypedInputProps extends Pick<ValueInputProps, "type" | "onChange"> {
  readonly label: string;
  readonly literal: Extract<RowValue, { kind: "literal" }>["value"] | undefined;
}

/** What is typed is kept as it is while it says the value: `1.0` is on its way to `1.05`. */
function TypedInput({ label, type, literal, onChange }: TypedInputProps): JSX.Element {
  const [typed, setTyped] = useState<string>();
  const isSame = typed !== undefined && readScalar(typed, type) === literal;
  const told = literal === undefined ? "" : scalarText(literal, type);
  return (
    <TextInput
      size="sm"
      className="min-h-7"
      aria-label={label}
      value={isSame ? typed : told}
      placeholder={type.kind === "time" ? "2026-05-04T09:30:00Z" : undefined}
      onChange={(next) => {
        setTyped(next);
        onChange({ kind: "literal", value: readScalar(next, type) });
      }}
      onBlur={() => setTyped(undefined)}
    />
  );
}
