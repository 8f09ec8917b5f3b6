/** The form of a task, made from its JSON Schema: what people fill in to decide. */
import { isJsonObject } from "@holdfast/dsl";
import type { Json, JsonObject } from "@holdfast/dsl";
import type { JSX } from "react";
import { Checkbox } from "../ui/checkbox.tsx";
import { Field } from "../ui/field.tsx";
import { NumberInput } from "../ui/number-input.tsx";
import { Select } from "../ui/select.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { useWords } from "../words/use-words.tsx";
import { JsonInput } from "./json-input.tsx";
import { scalarText } from "./scalar-text.ts";
import { fieldsIn, labelOf, typeOfField } from "./schema-model.ts";
import type { SchemaField, SchemaFieldType } from "./schema-model.ts";
import { words } from "./words.ts";

export interface TaskFormProps {
  readonly schema: JsonObject;
  /** Types are kept: a number is a number, a choice the value that it stands for. */
  readonly values: JsonObject;
  readonly onChange: (values: JsonObject) => void;
  /** What is wrong, by the name of the field. */
  readonly errors?: Readonly<Record<string, string>> | undefined;
  readonly disabled?: boolean | undefined;
}

/** A field of the schema each, in its order; a field that is emptied is left out. */
export function TaskForm({ schema, values, onChange, errors = {}, disabled = false }: TaskFormProps): JSX.Element {
  const t = useWords(words);
  return (
    <div className="flex flex-col">
      {fieldsIn(schema).map((field) => (
        <TaskField
          key={field.name}
          field={field}
          value={Object.hasOwn(values, field.name) ? values[field.name] : undefined}
          error={errors[field.name]}
          disabled={disabled}
          onChange={(value) => {
            const { [field.name]: _, ...rest } = values;
            onChange(value === undefined ? rest : { ...rest, [field.name]: value });
          }}
        />
      ))}
      {fieldsIn(schema).length === 0 && <p className="text-12 text-text-3">{t("noForm")}</p>}
    </div>
  );
}

interface TaskFieldProps {
  readonly field: SchemaField;
  readonly value: Json | undefined;
  readonly error: string | undefined;
  readonly disabled: boolean;
  readonly onChange: (value: Json | undefined) => void;
}

function TaskField(props: TaskFieldProps): JSX.Element {
  const { field, value, error, disabled, onChange } = props;
  const t = useWords(words);
  const label = labelOf(field);
  const { description } = field.schema;
  const help = typeof description === "string" ? description : undefined;
  if (typeOfField(field.schema) === "boolean") {
    return (
      <div className="not-first:mt-3">
        <Checkbox checked={value === true} label={label} disabled={disabled} onChange={onChange} />
        {help !== undefined && <p className="pl-6 text-12 text-text-3">{help}</p>}
      </div>
    );
  }
  return (
    <Field label={label} help={help} error={error} hint={field.required ? t("required") : undefined}>
      <TaskControl {...props} label={label} />
    </Field>
  );
}

const INPUT_TYPES: Readonly<Partial<Record<SchemaFieldType, string>>> = { date: "date", email: "email", uri: "url" };

function TaskControl({
  field,
  value,
  disabled,
  onChange,
  label,
}: TaskFieldProps & { readonly label: string }): JSX.Element {
  const { schema } = field;
  const type = typeOfField(schema);
  const text = typeof value === "string" ? value : "";
  const put = (next: string): void => onChange(next === "" ? undefined : next);
  switch (type) {
    case "number":
    case "integer":
      return (
        <NumberInput
          label={label}
          value={typeof value === "number" ? value : null}
          onChange={(next) => onChange(next ?? undefined)}
          min={numberAt(schema, "minimum")}
          max={numberAt(schema, "maximum")}
          disabled={disabled}
          format={{ maximumFractionDigits: type === "integer" ? 0 : 10 }}
        />
      );
    case "choice": {
      const choices: readonly Json[] = Array.isArray(schema["enum"]) ? schema["enum"] : [];
      return (
        <Select
          label={label}
          disabled={disabled}
          value={value === undefined ? null : scalarText(value)}
          options={choices.map((one) => ({ value: scalarText(one), label: scalarText(one) }))}
          onChange={(next) => onChange(choices.find((one) => scalarText(one) === next))}
        />
      );
    }
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

/** The values a form begins with: the defaults of its fields. */
export function startValues(schema: JsonObject): JsonObject {
  return Object.fromEntries(
    fieldsIn(schema).flatMap(({ name, schema: field }): [string, Json][] => {
      const value = isJsonObject(field) ? field["default"] : undefined;
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
