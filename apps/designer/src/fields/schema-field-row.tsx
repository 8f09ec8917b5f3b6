import { isJsonObject } from "@holdfast/dsl";
import type { Json, JsonObject } from "@holdfast/dsl";
import { ChevronRight } from "lucide-react";
import { useState, type JSX, type ReactNode } from "react";
import { Checkbox } from "../ui/checkbox.tsx";
import { cx } from "../ui/cx.ts";
import { Field } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { useWords } from "../words/use-words.tsx";
import { ItemActions } from "./item-actions.tsx";
import { FIELD_TYPES, choicesText, labelOf, typeOfField, withChoices, withType, withWord } from "./schema-model.ts";
import type { SchemaField } from "./schema-model.ts";
import { words } from "./words.ts";

export interface SchemaFieldRowProps {
  readonly field: SchemaField;
  readonly taken: readonly string[];
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly index: number;
  readonly count: number;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
  readonly onChange: (field: SchemaField) => void;
  readonly prefill?: ((field: SchemaField, set: (value: Json | undefined) => void) => ReactNode) | undefined;
  /** The fields of an object within. */
  readonly renderFields: (schema: JsonObject, onChange: (schema: JsonObject) => void) => ReactNode;
}

/** One field of a schema: closed its name and type, open all that can be said of it. */
export function SchemaFieldRow(props: SchemaFieldRowProps): JSX.Element {
  const { field, open, onToggle, index, count, onMove, onRemove } = props;
  const t = useWords(words);
  const type = typeOfField(field.schema);
  return (
    <div className="border-b border-border last:border-b-0">
      <div className="flex items-center gap-1 pr-1">
        <button
          type="button"
          aria-expanded={open}
          onClick={onToggle}
          className="flex min-w-0 flex-1 items-center gap-2 px-2.5 py-[7px] text-left pointer-coarse:min-h-11"
        >
          <ChevronRight
            aria-hidden
            className={cx("size-3.5 shrink-0 text-text-3 transition-transform", open && "rotate-90")}
            strokeWidth={1.75}
          />
          <span className="truncate font-mono text-12 font-medium">{field.name}</span>
          <span className="truncate text-12 text-text-2">{labelOf(field) === field.name ? "" : labelOf(field)}</span>
          <span className="ml-auto shrink-0 text-12 text-text-3">
            {t(type)}
            {field.required ? `, ${t("required")}` : ""}
          </span>
        </button>
        <ItemActions name={field.name} index={index} count={count} onMove={onMove} onRemove={onRemove} />
      </div>
      {open && <FieldDetails {...props} />}
    </div>
  );
}

function FieldDetails({ field, taken, onChange, prefill, renderFields }: SchemaFieldRowProps): JSX.Element {
  const t = useWords(words);
  const { schema } = field;
  const type = typeOfField(schema);
  const put = (next: JsonObject): void => onChange({ ...field, schema: next });
  const { items } = schema;
  const elements = isJsonObject(items) ? items : {};
  return (
    <div className="flex flex-col px-2.5 pt-1 pb-3">
      <FieldName field={field} taken={taken} onRename={(name) => onChange({ ...field, name })} />
      <Field label={t("fieldType")}>
        <Select
          label={t("fieldType")}
          value={type}
          options={FIELD_TYPES.map((one) => ({ value: one, label: t(one) }))}
          onChange={(next) => put(withType(schema, next))}
        />
      </Field>
      {type === "choice" && (
        <Field label={t("fieldChoices")}>
          <ChoicesInput key={field.name} schema={schema} onChange={put} />
        </Field>
      )}
      {type === "list" && (
        <Field label={t("elements")}>
          <Select
            label={t("elements")}
            value={typeOfField(elements)}
            options={FIELD_TYPES.filter((one) => one !== "list").map((one) => ({ value: one, label: t(one) }))}
            onChange={(next) => put({ ...schema, items: withType({}, next) })}
          />
        </Field>
      )}
      {type === "object" && <div className="mt-3 border-l border-border-strong pl-3">{renderFields(schema, put)}</div>}
      {type === "list" && typeOfField(elements) === "object" && (
        <div className="mt-3 border-l border-border-strong pl-3">
          {renderFields(elements, (next) => put({ ...schema, items: next }))}
        </div>
      )}
      <Field label={t("fieldLabel")}>
        <TextInput
          value={typeof schema["x-label"] === "string" ? schema["x-label"] : ""}
          placeholder={labelOf({ ...field, schema: withWord(schema, "x-label", undefined) })}
          onChange={(next) => put(withWord(schema, "x-label", next))}
        />
      </Field>
      <Field label={t("fieldHelp")}>
        <TextInput
          value={typeof schema["description"] === "string" ? schema["description"] : ""}
          onChange={(next) => put(withWord(schema, "description", next))}
        />
      </Field>
      {prefill?.(field, (value) => put(withWord(schema, "default", value)))}
      <Checkbox
        className="mt-2"
        checked={field.required}
        label={t("fieldRequired")}
        onChange={(required) => onChange({ ...field, required })}
      />
    </div>
  );
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

function FieldName({
  field,
  taken,
  onRename,
}: {
  readonly field: SchemaField;
  readonly taken: readonly string[];
  readonly onRename: (name: string) => void;
}): JSX.Element {
  const t = useWords(words);
  const [typed, setTyped] = useState<string>();
  const name = typed ?? field.name;
  const other = name !== field.name && taken.includes(name);
  const bad = !NAME.test(name);
  const error = other ? t("nameTaken") : undefined;
  const commit = (): void => {
    if (typed !== undefined && typed !== field.name && !other && !bad) onRename(typed);
    setTyped(undefined);
  };
  return (
    <Field label={t("fieldName")} error={bad ? t("nameBad") : error}>
      <TextInput
        mono
        value={name}
        spellCheck={false}
        onChange={setTyped}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === "Enter") commit();
        }}
      />
    </Field>
  );
}

/** Lines that are still being written are kept as text. */
function ChoicesInput({
  schema,
  onChange,
}: {
  readonly schema: JsonObject;
  readonly onChange: (schema: JsonObject) => void;
}): JSX.Element {
  const [text, setText] = useState(choicesText(schema));
  return (
    <TextArea
      value={text}
      rows={3}
      onChange={(next) => {
        setText(next);
        onChange(withChoices(schema, next));
      }}
    />
  );
}
