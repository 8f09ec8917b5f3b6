import { isJsonObject, isTemplate, joinPointer } from "@holdfast/dsl";
import type { Json, JsonObject } from "@holdfast/dsl";
import { ChevronRight, Plus } from "lucide-react";
import { useState, type JSX, type ReactNode } from "react";
import { chipLabel } from "../expression-field/chips.ts";
import { Button } from "../ui/button.tsx";
import { cx } from "../ui/cx.ts";
import { useWords } from "../words/use-words.tsx";
import { useAskedFor } from "./asked-field.ts";
import type { Language } from "../words/language.ts";
import { durationWords } from "./duration-text.ts";
import { type FieldSpec, fieldsOf, startValue } from "./form-model.ts";
import { IssueLines } from "../expression-field/issue-lines.tsx";
import { GroupFrame } from "./group-frame.tsx";
import type { ParamFieldProps } from "./host.ts";
import { ItemActions, moved } from "./item-actions.tsx";
import { ObjectFields } from "./object-fields.tsx";
import { useParam } from "./use-param.ts";
import { words } from "./words.ts";

export interface RowsWidgetProps extends ParamFieldProps {
  /** What stands at the right of a row's head: where a port leads. */
  readonly aside?: ((item: JsonObject) => ReactNode) | undefined;
  /** Rows that the list does not hold, beneath. */
  readonly after?: ReactNode;
}

/** A list of objects: each a row that opens. */
export function RowsWidget(props: RowsWidgetProps): JSX.Element {
  const { host, value, set, label, help, issues } = useParam(props);
  const t = useWords(words);
  const list = Array.isArray(value) ? value : [];
  const schema = isJsonObject(props.schema["items"]) ? props.schema["items"] : {};
  const [open, setOpen] = useState<number | undefined>(list.length === 1 ? 0 : undefined);
  useAskedFor(props.pointer, (asked) => {
    const row = Number(asked.slice(props.pointer.length + 1).split("/")[0]);
    if (asked !== props.pointer && Number.isInteger(row)) setOpen(row);
  });
  return (
    <GroupFrame label={label} help={props.bare === true ? undefined : help} issues={issues} bare={props.bare}>
      <div className="rounded-[6px] border border-border-strong empty:hidden">
        {list.map((item, index) => {
          const row = isJsonObject(item) ? item : {};
          const pointer = joinPointer(props.pointer, index);
          const fields = fieldsOf(schema, row, pointer);
          const wrong = [pointer, ...fields.map((field) => field.pointer)].some((at) =>
            host.issuesAt(at).some(({ severity }) => severity === "error"),
          );
          const name = nameOf(row, fields[0], t.language) ?? t("unnamed");
          return (
            <div key={pointer} data-field={pointer} className="border-b border-border last:border-b-0">
              <RowHead
                name={name}
                detail={detailOf(row, fields[1])}
                inWords={fields[1]?.schema["x-widget"] === "text"}
                aside={props.aside?.(row)}
                open={open === index}
                wrong={wrong}
                onToggle={() => setOpen(open === index ? undefined : index)}
              />
              {open === index && (
                <div className="px-2.5 pt-1.5 pb-3">
                  <ObjectFields schema={schema} pointer={pointer} />
                  <IssueLines issues={host.issuesAt(pointer)} />
                  <div className="mt-2 flex justify-end">
                    <ItemActions
                      name={name}
                      index={index}
                      count={list.length}
                      onMove={(to) => {
                        set(moved(list, index, to));
                        setOpen(to);
                      }}
                      onRemove={() => {
                        set(list.toSpliced(index, 1));
                        setOpen(undefined);
                      }}
                    />
                  </div>
                </div>
              )}
            </div>
          );
        })}
        {props.after}
      </div>
      <Button
        size="sm"
        variant="ghost"
        icon={Plus}
        className="mt-1 -ml-1"
        aria-label={t("addItem", { label })}
        onClick={() => {
          set([...list, startValue(schema)]);
          setOpen(list.length);
        }}
      >
        {t("add")}
      </Button>
    </GroupFrame>
  );
}

interface RowHeadProps {
  readonly name: string;
  readonly detail: string | undefined;
  /** The detail is a sentence, and no value. */
  readonly inWords: boolean;
  readonly aside: ReactNode;
  readonly open: boolean;
  readonly wrong: boolean;
  readonly onToggle: () => void;
}

function RowHead({ name, detail, inWords, aside, open, wrong, onToggle }: RowHeadProps): JSX.Element {
  return (
    <button
      type="button"
      aria-expanded={open}
      onClick={onToggle}
      className="grid w-full grid-cols-[minmax(72px,auto)_minmax(0,1fr)_16px] items-center gap-2 rounded-[5px] px-2.5 py-[7px] text-left outline-offset-[-2px] hover:bg-surface-hover pointer-coarse:min-h-11"
    >
      <span className={cx("truncate font-medium", wrong && "text-failed-text")}>{name}</span>
      <span className="flex min-w-0 flex-col text-text-2">
        {detail !== undefined && !open && (
          <span className={cx("truncate text-12", !inWords && "font-mono")}>{detail}</span>
        )}
        {aside}
      </span>
      <ChevronRight
        aria-hidden
        className={cx("size-3.5 text-text-3 transition-transform", open && "rotate-90")}
        strokeWidth={1.75}
      />
    </button>
  );
}

function nameOf(row: JsonObject, field: FieldSpec | undefined, language: Language): string | undefined {
  const given = field === undefined ? undefined : row[field.name];
  const timed = field?.schema["x-duration"] === true;
  const value = timed && isJsonObject(given) ? given["in"] : given;
  if (timed && typeof value === "string" && value !== "") return durationWords(value, language);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function detailOf(row: JsonObject, field: FieldSpec | undefined): string | undefined {
  const value: Json | undefined = field === undefined ? undefined : row[field.name];
  if (field?.schema["x-widget"] === "assignees") return namesOf(value);
  if (value === undefined || value === "") return undefined;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return isTemplate(text) ? text.replaceAll(/\{\{\s*(.*?)\s*\}\}/g, (_, source: string) => chipLabel(source)) : text;
}

/** Roles, groups and people, one after the other. */
function namesOf(value: Json | undefined): string | undefined {
  const lists = isJsonObject(value) ? Object.values(value) : [];
  const names = lists.flatMap((list) => (Array.isArray(list) ? list.filter((one) => typeof one === "string") : []));
  return names.length === 0 ? undefined : names.join(", ");
}
