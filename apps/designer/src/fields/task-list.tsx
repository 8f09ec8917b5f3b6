import { isJsonObject, type Json, type JsonObject } from "@holdfast/dsl";
import { Plus } from "lucide-react";
import type { JSX } from "react";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { useWords } from "../words/use-words.tsx";
import { ItemActions, moved } from "./item-actions.tsx";
import { scalarText } from "./scalar-text.ts";
import { canShow, typeOfField } from "./schema-model.ts";
import { startValues } from "./start-values.ts";
import { words } from "./words.ts";

/** Whether people can fill the list in element by element; any other is JSON. */
export function isShownList(schema: JsonObject): schema is JsonObject & { readonly items: JsonObject } {
  const { items } = schema;
  if (typeOfField(schema) !== "list" || !isJsonObject(items)) return false;
  const type = typeOfField(items);
  return type === "object" ? canShow(items) : type !== "any" && type !== "list";
}

export interface TaskListProps {
  /** Of a list that can be shown. */
  readonly schema: JsonObject;
  readonly label: string;
  readonly value: Json | undefined;
  readonly disabled: boolean;
  readonly onChange: (value: Json) => void;
  /** The controls of one element. */
  readonly children: (element: ListElement) => JSX.Element;
}

export interface ListElement {
  readonly index: number;
  /** As a field that has to be there. */
  readonly name: string;
  readonly schema: JsonObject;
  readonly value: Json;
  readonly onChange: (value: Json | undefined) => void;
}

/** The elements of a list, one below the other; of a few choices a box each. */
export function TaskList(props: TaskListProps): JSX.Element | null {
  const { schema, value, disabled, onChange, label, children } = props;
  const t = useWords(words);
  if (!isShownList(schema)) return null;
  const { items } = schema;
  const elements: readonly Json[] = Array.isArray(value) ? value : [];
  if (typeOfField(items) === "choice") return <Choices {...props} items={items} elements={elements} />;
  return (
    <>
      {elements.map((element, index) => {
        const name = `${label} ${index + 1}`;
        return (
          // Elements have no names of their own: what tells them apart is where they stand.
          <div key={index} className="flex items-start gap-1 not-first:mt-2">
            <div className="min-w-0 flex-1">
              {children({
                index,
                name,
                schema: items,
                value: element,
                onChange: (next) => onChange(elements.with(index, next ?? emptyOf(items))),
              })}
            </div>
            {!disabled && (
              <ItemActions
                name={name}
                index={index}
                count={elements.length}
                onMove={(to) => onChange(moved(elements, index, to))}
                onRemove={() => onChange(elements.toSpliced(index, 1))}
              />
            )}
          </div>
        );
      })}
      {elements.length === 0 && <p className="text-12 text-text-3">{t("empty")}</p>}
      {!disabled && (
        <Button
          variant="ghost"
          size="sm"
          icon={Plus}
          aria-label={t("addItem", { label })}
          onClick={() => onChange([...elements, newElement(items)])}
        >
          {t("add")}
        </Button>
      )}
    </>
  );
}

interface ChoicesProps extends TaskListProps {
  readonly items: JsonObject;
  readonly elements: readonly Json[];
}

function Choices({ items, elements, disabled, onChange }: ChoicesProps): JSX.Element {
  const choices: readonly Json[] = Array.isArray(items["enum"]) ? items["enum"] : [];
  const chosen = new Set(elements.map(scalarText));
  return (
    <>
      {choices.map((choice) => {
        const text = scalarText(choice);
        return (
          <Checkbox
            key={text}
            label={text}
            checked={chosen.has(text)}
            disabled={disabled}
            onChange={(on) =>
              // In the order of the choices, whatever the order in which they were made.
              onChange(choices.filter((one) => (scalarText(one) === text ? on : chosen.has(scalarText(one)))))
            }
          />
        );
      })}
    </>
  );
}

/** What is added: what the schema begins with, else nothing. */
function newElement(items: JsonObject): Json {
  const given = items["default"];
  if (given !== undefined) return given;
  return typeOfField(items) === "object" ? startValues(items) : emptyOf(items);
}

/** A list has no gaps: of an element that is empty something stays. A number that is not there is none yet. */
function emptyOf(items: JsonObject): Json {
  switch (typeOfField(items)) {
    case "object":
      return {};
    case "boolean":
      return false;
    case "number":
    case "integer":
      return null;
    default:
      return "";
  }
}
