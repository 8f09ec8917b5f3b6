import { isJsonObject, joinPointer } from "@holdfast/dsl";
import type { Json, JsonObject } from "@holdfast/dsl";
import { useMemo, useState, type JSX } from "react";
import { ExpressionField } from "../expression-field/expression-field.tsx";
import { IssueLines } from "../expression-field/issue-lines.tsx";
import { liveValue } from "../expression-field/live-value.ts";
import { useWords } from "../words/use-words.tsx";
import type { FieldsHost, ParamFieldProps } from "./host.ts";
import { SchemaEditor } from "./schema-editor.tsx";
import type { SchemaField } from "./schema-model.ts";
import { startValues } from "./start-values.ts";
import { TaskForm } from "./task-form.tsx";
import { useParam } from "./use-param.ts";
import { words } from "./words.ts";

/** The form of a task: its fields, what each begins with, and how people will see it. */
export function FormWidget(props: ParamFieldProps): JSX.Element {
  const { host, value, set, label, help, issues } = useParam(props);
  const schema = isJsonObject(value) ? value : undefined;
  return (
    <>
      <SchemaEditor
        label={label}
        help={help}
        error={<IssueLines issues={issues} />}
        value={schema}
        onChange={set}
        prefill={(field, put) => <Prefill host={host} base={props.pointer} field={field} onChange={put} />}
      />
      {schema !== undefined && <Preview host={host} schema={schema} />}
    </>
  );
}

interface PrefillProps {
  readonly host: FieldsHost;
  readonly base: string;
  readonly field: SchemaField;
  readonly onChange: (value: Json | undefined) => void;
}

/** A default may be a template: then the field begins with a value from the run. */
function Prefill({ host, base, field, onChange }: PrefillProps): JSX.Element {
  const t = useWords(words);
  const pointer = joinPointer(base, "properties", field.name, "default");
  const value = field.schema["default"];
  return (
    <div className="mt-3">
      <ExpressionField
        mode="template"
        label={t("fieldPrefill")}
        value={value === undefined || typeof value === "string" ? (value ?? "") : JSON.stringify(value)}
        onChange={(text) => onChange(text === "" ? undefined : typed(text, field.schema))}
        env={host.envAt(pointer)}
        nodeName={host.nodeName}
        sample={host.sample}
        issues={host.issuesAt(pointer)}
      />
    </div>
  );
}

/** What is typed for a number or a yes or no is one. */
function typed(text: string, { type }: JsonObject): Json {
  if ((type === "number" || type === "integer") && /^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
  return type === "boolean" && (text === "true" || text === "false") ? text === "true" : text;
}

function Preview({ host, schema }: { readonly host: FieldsHost; readonly schema: JsonObject }): JSX.Element {
  const t = useWords(words);
  const begun = useMemo(() => resolved(startValues(schema), host), [schema, host]);
  const [changed, setChanged] = useState<JsonObject>();
  return (
    <section className="mt-4" aria-label={t("preview")}>
      <p className="mb-1.5 text-11 font-medium text-text-3">{t("preview")}</p>
      <div className="rounded-md border border-dashed border-border-strong bg-surface-sunken p-3">
        <TaskForm schema={schema} values={changed ?? begun} onChange={setChanged} />
      </div>
    </section>
  );
}

/** The prefill with the values of the sample; what it does not have stays empty. */
function resolved(values: JsonObject, { sample }: FieldsHost): JsonObject {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]): [string, Json][] => {
      if (typeof value !== "string") return [[name, value]];
      const live = liveValue("template", value, sample?.roots ?? {});
      if (live === undefined) return [[name, value]];
      return live.ok ? [[name, live.value]] : [];
    }),
  );
}
