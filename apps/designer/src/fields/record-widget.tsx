import { isJsonObject, joinPointer } from "@holdfast/dsl";
import type { Json, JsonObject } from "@holdfast/dsl";
import { Plus, X } from "lucide-react";
import { useState, type JSX } from "react";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { useWords } from "../words/use-words.tsx";
import { GroupFrame } from "./group-frame.tsx";
import type { ParamFieldProps } from "./host.ts";
import { useParam } from "./use-param.ts";
import { words } from "./words.ts";

/** Names with values: facts, headers, the values that a node sets. */
export function RecordWidget(props: ParamFieldProps): JSX.Element {
  const { label, help, issues } = useParam(props);
  return (
    <GroupFrame label={label} help={props.bare === true ? undefined : help} issues={issues} bare={props.bare}>
      <RecordRows {...props} />
    </GroupFrame>
  );
}

/** The rows without a frame around them. */
export function RecordRows(props: ParamFieldProps): JSX.Element {
  const { host, value, set, label, required } = useParam(props);
  const t = useWords(words);
  const record = isJsonObject(value) ? value : {};
  const names = Object.keys(record);
  const schema = valueSchema(props.schema);
  const put = (next: JsonObject): void => set(Object.keys(next).length === 0 && !required ? undefined : next);
  return (
    <>
      <div className="flex flex-col gap-1.5">
        {names.map((name, index) => (
          // The place is what stays when a row gets another name, and with it the focus.
          <div key={index} className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_24px] items-start gap-1.5">
            <NameInput name={name} taken={names} onRename={(next) => put(renamed(record, name, next))} />
            <host.Field
              pointer={joinPointer(props.pointer, name)}
              schema={schema}
              label={`${label}: ${name}`}
              bare
              required
            />
            <IconButton
              icon={X}
              size="sm"
              label={t("removeField", { name: name === "" ? t("unnamed") : name })}
              onClick={() => {
                const { [name]: _, ...rest } = record;
                put(rest);
              }}
            />
          </div>
        ))}
      </div>
      <Button
        size="sm"
        variant="ghost"
        icon={Plus}
        className="mt-1 -ml-1"
        aria-label={t("addItem", { label })}
        onClick={() => put({ ...record, [freshName(names)]: "" })}
      >
        {t("add")}
      </Button>
    </>
  );
}

/** In a value that may be anything, each value is text with values in it, until it is something else. */
function valueSchema(schema: JsonObject): JsonObject {
  const own = schema["additionalProperties"];
  return isJsonObject(own) && Object.keys(own).length > 0 ? own : { "x-any": true };
}

/** The same order under another name; a name that is taken already keeps the old one. */
function renamed(record: JsonObject, from: string, to: string): JsonObject {
  if (from === to || Object.hasOwn(record, to)) return record;
  return Object.fromEntries(
    Object.entries(record).map(([name, value]): [string, Json] => [name === from ? to : name, value]),
  );
}

export function freshName(taken: readonly string[], base = "name"): string {
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? base : `${base}${n}`;
    if (!taken.includes(name)) return name;
  }
}

interface NameInputProps {
  readonly name: string;
  readonly taken: readonly string[];
  readonly onRename: (name: string) => void;
}

/** A name is changed when it is left: half a name would move its value around. */
function NameInput({ name, taken, onRename }: NameInputProps): JSX.Element {
  const t = useWords(words);
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? name;
  const bad = typed !== undefined && typed !== name && (typed === "" || taken.includes(typed));
  const commit = (): void => {
    if (typed !== undefined && !bad) onRename(typed);
    setTyped(undefined);
  };
  return (
    <TextInput
      mono
      aria-label={t("name")}
      value={shown}
      invalid={bad}
      spellCheck={false}
      title={bad && typed !== "" ? t("nameTaken") : undefined}
      onChange={setTyped}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit();
      }}
    />
  );
}
