import { isJsonObject } from "@holdfast/dsl";
import type { Json, JsonObject } from "@holdfast/dsl";
import { Plus } from "lucide-react";
import { useState, type JSX, type ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { useWords } from "../words/use-words.tsx";
import { GroupFrame } from "./group-frame.tsx";
import { moved } from "./item-actions.tsx";
import { JsonInput } from "./json-input.tsx";
import { freshName } from "./record-widget.tsx";
import { SchemaFieldRow } from "./schema-field-row.tsx";
import { canShow, fieldsIn, withFields } from "./schema-model.ts";
import type { SchemaField } from "./schema-model.ts";
import { useRowKeys } from "./use-row-keys.ts";
import { words } from "./words.ts";

export interface SchemaEditorProps {
  readonly label: string;
  readonly help?: string | undefined;
  readonly error?: ReactNode;
  /** The name stands above already. */
  readonly bare?: boolean | undefined;
  readonly value: JsonObject | undefined;
  readonly onChange: (value: JsonObject | undefined) => void;
  /** What a field begins with: of a form, whose defaults may be expressions. */
  readonly prefill?: ((field: SchemaField, set: (value: Json | undefined) => void) => ReactNode) | undefined;
}

/** The fields of an object, or its JSON Schema as text. */
export function SchemaEditor(props: SchemaEditorProps): JSX.Element {
  const { label, help, error, bare = false, value, onChange, prefill } = props;
  const t = useWords(words);
  const [wanted, setWanted] = useState<"fields" | "json">("fields");
  const schema = value ?? {};
  const showable = canShow(schema);
  const mode = showable ? wanted : "json";
  const actions = (
    <Segmented
      size="sm"
      label={t("how")}
      value={mode}
      options={[
        { value: "fields", label: t("fields") },
        { value: "json", label: t("json") },
      ]}
      onChange={setWanted}
    />
  );
  return (
    <GroupFrame label={label} help={help} issues={[]} bare={bare} actions={bare ? undefined : actions}>
      {bare && <div className="mb-1.5 flex justify-end">{actions}</div>}
      {mode === "fields" ? (
        <SchemaFields schema={schema} onChange={onChange} prefill={prefill} />
      ) : (
        <JsonInput
          label={`${label}: ${t("rawSchema")}`}
          value={value}
          onChange={(next) => {
            if (next === undefined || isJsonObject(next)) onChange(next);
          }}
        />
      )}
      {!showable && <p className="mt-[5px] text-12 text-text-3">{t("onlyRaw")}</p>}
      {error}
    </GroupFrame>
  );
}

interface SchemaFieldsProps {
  readonly schema: JsonObject;
  readonly onChange: (schema: JsonObject) => void;
  readonly prefill?: SchemaEditorProps["prefill"];
}

/** One row for each field; an object's fields stand within its row. */
function SchemaFields({ schema, onChange, prefill }: SchemaFieldsProps): JSX.Element {
  const t = useWords(words);
  const fields = fieldsIn(schema);
  const keys = useRowKeys();
  const [open, setOpen] = useState<string>();
  const put = (next: readonly SchemaField[]): void => onChange(withFields(schema, next));
  const names = fields.map(({ name }) => name);
  return (
    <>
      {fields.length > 0 && (
        <div className="rounded-[6px] border border-border-strong">
          {fields.map((field, index) => (
            <SchemaFieldRow
              key={keys.keyOf(field.name)}
              field={field}
              taken={names}
              open={open === field.name}
              onToggle={() => setOpen(open === field.name ? undefined : field.name)}
              index={index}
              count={fields.length}
              prefill={prefill}
              onMove={(to) => put(moved(fields, index, to))}
              onRemove={() => put(fields.toSpliced(index, 1))}
              onChange={(next) => {
                if (next.name !== field.name) {
                  keys.renamed(field.name, next.name);
                  setOpen(next.name);
                }
                put(fields.with(index, next));
              }}
              renderFields={(inner, change) => <SchemaFields schema={inner} onChange={change} />}
            />
          ))}
        </div>
      )}
      <Button
        size="sm"
        variant="ghost"
        icon={Plus}
        className="mt-1 -ml-1"
        onClick={() => {
          const name = freshName(names, "field");
          put([...fields, { name, schema: { type: "string" }, required: false }]);
          setOpen(name);
        }}
      >
        {t("addField")}
      </Button>
    </>
  );
}
