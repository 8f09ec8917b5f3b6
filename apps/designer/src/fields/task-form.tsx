/** The form of a task, made from its JSON Schema: what people fill in to decide. */
import { isJsonObject, type Json, type JsonObject } from "@holdfast/dsl";
import { TriangleAlert } from "lucide-react";
import type { JSX } from "react";
import { Checkbox } from "../ui/checkbox.tsx";
import { Field } from "../ui/field.tsx";
import { useWords } from "../words/use-words.tsx";
import { errorAt, type FormErrors } from "./form-errors.ts";
import { canShow, fieldsIn, labelOf, typeOfField } from "./schema-model.ts";
import type { SchemaField } from "./schema-model.ts";
import { TaskControl } from "./task-control.tsx";
import { TaskList, isShownList } from "./task-list.tsx";
import { words } from "./words.ts";

export interface TaskFormProps {
  readonly schema: JsonObject;
  /** Types are kept: a number is a number, a choice the value that it stands for. */
  readonly values: JsonObject;
  readonly onChange: (values: JsonObject) => void;
  readonly errors?: FormErrors | undefined;
  readonly disabled?: boolean | undefined;
}

/** A field of the schema each, in its order; a field that is emptied is left out. */
export function TaskForm({ schema, values, onChange, errors = {}, disabled = false }: TaskFormProps): JSX.Element {
  const t = useWords(words);
  return (
    <div className="flex flex-col">
      <TaskFields {...{ schema, values, onChange, errors, disabled }} path="" />
      {fieldsIn(schema).length === 0 && <p className="text-12 text-text-3">{t("noForm")}</p>}
    </div>
  );
}

interface TaskFieldsProps {
  readonly schema: JsonObject;
  readonly values: JsonObject;
  readonly onChange: (values: JsonObject) => void;
  readonly errors: FormErrors;
  readonly disabled: boolean;
  /** Of the object they are in: `address/`; of the form itself "". */
  readonly path: string;
}

function TaskFields({ schema, values, onChange, errors, disabled, path }: TaskFieldsProps): JSX.Element {
  return (
    <>
      {fieldsIn(schema).map((field) => (
        <TaskField
          key={field.name}
          field={field}
          path={`${path}${field.name}`}
          value={Object.hasOwn(values, field.name) ? values[field.name] : undefined}
          errors={errors}
          disabled={disabled}
          onChange={(value) => {
            const { [field.name]: _, ...rest } = values;
            onChange(value === undefined ? rest : { ...rest, [field.name]: value });
          }}
        />
      ))}
    </>
  );
}

interface TaskFieldProps {
  readonly field: SchemaField;
  readonly path: string;
  readonly value: Json | undefined;
  readonly errors: FormErrors;
  readonly disabled: boolean;
  readonly onChange: (value: Json | undefined) => void;
}

/** One field with its name: a control, the fields of an object, or the elements of a list. */
function TaskField(props: TaskFieldProps): JSX.Element {
  const { field, path, value, errors, disabled, onChange } = props;
  const t = useWords(words);
  const label = labelOf(field);
  const { schema, required } = field;
  const { description } = schema;
  const help = typeof description === "string" ? description : undefined;
  if (typeOfField(schema) === "boolean") {
    return (
      <div className="not-first:mt-3">
        <Checkbox checked={value === true} label={label} disabled={disabled} onChange={onChange} />
        {help !== undefined && <p className="pl-6 text-12 text-text-3">{help}</p>}
        <Wrong text={errorAt(errors, path, true)} />
      </div>
    );
  }
  if (typeOfField(schema) === "object" && canShow(schema) && fieldsIn(schema).length > 0) {
    return (
      <Part label={label} help={help} error={errorAt(errors, path, false)}>
        <TaskFields
          {...{ schema, errors, disabled }}
          path={`${path}/`}
          values={isJsonObject(value) ? value : {}}
          onChange={(next) => onChange(!required && Object.keys(next).length === 0 ? undefined : next)}
        />
      </Part>
    );
  }
  if (isShownList(schema)) {
    return (
      <Part label={label} help={help} error={errorAt(errors, path, false)}>
        <TaskList {...{ schema, label, value, disabled, onChange }}>
          {(element) => (
            <TaskField
              field={{ name: element.name, schema: { ...element.schema, title: element.name }, required: true }}
              path={`${path}/${element.index}`}
              value={element.value}
              onChange={element.onChange}
              {...{ errors, disabled }}
            />
          )}
        </TaskList>
      </Part>
    );
  }
  return (
    <Field label={label} help={help} error={errorAt(errors, path, true)} hint={required ? t("required") : undefined}>
      <TaskControl schema={schema} {...{ value, disabled, onChange, label, required }} />
    </Field>
  );
}

interface PartProps {
  readonly label: string;
  readonly help: string | undefined;
  readonly error: string | undefined;
  readonly children: JSX.Element;
}

/** Several controls under one name. */
function Part({ label, help, error, children }: PartProps): JSX.Element {
  return (
    <fieldset className="min-w-0 not-first:mt-3 [&+*]:mt-3">
      <legend className="mb-1 text-12 font-medium text-text-2">{label}</legend>
      {help !== undefined && <p className="mb-1 text-12 text-text-3">{help}</p>}
      <div className="border-l-2 border-border pl-3">{children}</div>
      <Wrong text={error} />
    </fieldset>
  );
}

function Wrong({ text }: { readonly text: string | undefined }): JSX.Element | null {
  if (text === undefined) return null;
  return (
    <p
      tabIndex={-1}
      data-wrong
      className="mt-[5px] flex items-baseline gap-1.5 text-12 text-failed-text outline-offset-2"
    >
      <TriangleAlert aria-hidden className="size-3 shrink-0 translate-y-0.5" strokeWidth={1.75} />
      <span className="min-w-0">{text}</span>
    </p>
  );
}
