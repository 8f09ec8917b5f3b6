import type { Json, JsonObject } from "@holdfast/dsl";
import { useState, type JSX } from "react";
import { NumberInput } from "../ui/number-input.tsx";
import { Select } from "../ui/select.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { useWords } from "../words/use-words.tsx";
import { JsonInput } from "./json-input.tsx";
import { scalarText } from "./scalar-text.ts";
import { typeOfField } from "./schema-model.ts";
import type { SchemaFieldType } from "./schema-model.ts";
import { words } from "./words.ts";

export interface TaskControlProps {
  readonly schema: JsonObject;
  readonly label: string;
  /** What may be left out can be emptied. */
  readonly required: boolean;
  readonly value: Json | undefined;
  readonly disabled: boolean;
  readonly onChange: (value: Json | undefined) => void;
}

const INPUT_TYPES: Readonly<Partial<Record<SchemaFieldType, string>>> = { date: "date", email: "email", uri: "url" };

/** What one value of a task's form is filled in with. */
export function TaskControl(props: TaskControlProps): JSX.Element {
  const { schema, value, disabled, onChange, label } = props;
  const type = typeOfField(schema);
  const text = typeof value === "string" ? value : "";
  const put = (next: string): void => onChange(next === "" ? undefined : next);
  switch (type) {
    case "number":
    case "integer":
      return <NumberControl {...props} whole={type === "integer"} />;
    case "choice":
      return <ChoiceControl {...props} />;
    case "longText":
      return <TextArea value={text} disabled={disabled} onChange={put} />;
    case "dateTime":
      return (
        <TextInput
          type="datetime-local"
          disabled={disabled}
          value={localText(text)}
          onChange={(next) => onChange(next === "" ? undefined : new Date(next).toISOString())}
        />
      );
    case "list":
    case "object":
    case "any":
      return <JsonInput label={label} value={value} onChange={onChange} />;
    default:
      return <TextInput type={INPUT_TYPES[type] ?? "text"} disabled={disabled} value={text} onChange={put} />;
  }
}

function NumberControl(props: TaskControlProps & { readonly whole: boolean }): JSX.Element {
  const { schema, value, disabled, onChange, label, whole } = props;
  const number = typeof value === "number" ? value : null;
  // What begins with parts of a unit is mostly money: 64.50, not 64.5.
  const [parts] = useState(number !== null && !Number.isInteger(number));
  return (
    <NumberInput
      label={label}
      value={number}
      onChange={(next) => onChange(next ?? undefined)}
      min={numberAt(schema, "minimum")}
      max={numberAt(schema, "maximum")}
      disabled={disabled}
      format={{ minimumFractionDigits: parts ? 2 : 0, maximumFractionDigits: whole ? 0 : 10 }}
    />
  );
}

/** Of the option that leaves the field out; no choice is called so. */
const NONE = "\u0000";

function ChoiceControl({ schema, value, required, disabled, onChange, label }: TaskControlProps): JSX.Element {
  const t = useWords(words);
  const choices: readonly Json[] = Array.isArray(schema["enum"]) ? schema["enum"] : [];
  const none = required ? [] : [{ value: NONE, label: t("notSet") }];
  return (
    <Select
      label={label}
      disabled={disabled}
      value={value === undefined ? null : scalarText(value)}
      options={[...none, ...choices.map((one) => ({ value: scalarText(one), label: scalarText(one) }))]}
      onChange={(next) => onChange(choices.find((one) => scalarText(one) === next))}
    />
  );
}

/** A moment in the reader's zone, as the browser's control writes it. */
function localText(iso: string): string {
  const at = new Date(iso);
  if (iso === "" || Number.isNaN(at.getTime())) return "";
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function numberAt(schema: JsonObject, word: string): number | undefined {
  const value = schema[word];
  return typeof value === "number" ? value : undefined;
}
