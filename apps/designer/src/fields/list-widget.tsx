import { isJsonObject, joinPointer } from "@holdfast/dsl";
import type { JsonObject } from "@holdfast/dsl";
import { Plus, X } from "lucide-react";
import type { JSX } from "react";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { useWords } from "../words/use-words.tsx";
import { startValue } from "./form-model.ts";
import { GroupFrame } from "./group-frame.tsx";
import type { ParamFieldProps } from "./host.ts";
import { useParam } from "./use-param.ts";
import { words } from "./words.ts";

/** A list of plain values. */
export function ListWidget(props: ParamFieldProps): JSX.Element {
  const { host, value, set, label, help, issues } = useParam(props);
  const t = useWords(words);
  const list = Array.isArray(value) ? value : [];
  const items = itemSchema(props.schema);
  const remove = (index: number): void => {
    const rest = list.toSpliced(index, 1);
    set(rest.length === 0 && props.required !== true ? undefined : rest);
  };
  return (
    <GroupFrame label={label} help={props.bare === true ? undefined : help} issues={issues} bare={props.bare}>
      <div className="flex flex-col gap-1.5">
        {list.map((_, index) => {
          const name = t("item", { label, n: index + 1 });
          return (
            // The place is what tells the elements of a list apart.
            <div key={index} className="flex min-w-0 items-start gap-1">
              <div className="min-w-0 flex-1">
                <host.Field pointer={joinPointer(props.pointer, index)} schema={items} label={name} bare required />
              </div>
              <IconButton
                icon={X}
                size="sm"
                label={t("removeItem", { label, n: index + 1 })}
                onClick={() => remove(index)}
              />
            </div>
          );
        })}
      </div>
      <Button
        size="sm"
        variant="ghost"
        icon={Plus}
        className="mt-1 -ml-1"
        aria-label={t("addItem", { label })}
        onClick={() => set([...list, startValue(items)])}
      >
        {t("add")}
      </Button>
    </GroupFrame>
  );
}

/** What is literal about the list is literal about its elements. */
function itemSchema(schema: JsonObject): JsonObject {
  const items = isJsonObject(schema["items"]) ? schema["items"] : {};
  return schema["x-literal"] === true ? { ...items, "x-literal": true } : items;
}
