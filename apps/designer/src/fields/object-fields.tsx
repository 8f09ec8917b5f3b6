import { joinPointer, type JsonObject } from "@holdfast/dsl";
import type { JSX } from "react";
import { cx } from "../ui/cx.ts";
import { isAt } from "./asked-field.ts";
import { ExclusiveFields } from "./exclusive-fields.tsx";
import { exclusiveFields, fieldsOf, inlineObjects, isPairOfNumbers, orderedNames } from "./form-model.ts";
import { useHost } from "./host.ts";
import { InlineSwitch } from "./inline-switch.tsx";
import { MoreFields } from "./more-fields.tsx";

export interface ObjectFieldsProps {
  readonly schema: JsonObject;
  /** Of the object, into the document. */
  readonly pointer: string;
}

/** The fields of an object within the params, each at its place: also those of which one is chosen, and those that are switched on. */
export function ObjectFields({ schema, pointer }: ObjectFieldsProps): JSX.Element {
  const host = useHost();
  const fields = fieldsOf(schema, host.value(pointer), pointer);
  const exclusive = exclusiveFields(schema);
  const parts = inlineObjects(schema);
  const beside = isPairOfNumbers(schema);
  const isShown = (at: string, more: boolean): boolean =>
    !more || host.value(at) !== undefined || host.issuesAt(at).length > 0;
  const seldom = fields.filter(
    (field) =>
      !isShown(field.pointer, field.more) && !parts.some(({ name }) => isAt(field.pointer, joinPointer(pointer, name))),
  );
  // To fold one field away takes as much room as the field.
  const rest = seldom.length > 1 ? seldom : [];
  return (
    <div className={beside ? "grid min-w-0 grid-cols-2 gap-3" : "flex min-w-0 flex-col"}>
      {orderedNames(schema).map((name) => {
        const at = joinPointer(pointer, name);
        const part = parts.find((one) => one.name === name);
        const own = fields.filter((field) => isAt(field.pointer, at) && !rest.includes(field));
        if (exclusive.includes(name) && name !== exclusive[0]) return null;
        if (part === undefined && own.length === 0) return null;
        return (
          <div key={name} className={cx("flex min-w-0 flex-col", !beside && "not-first:mt-3")}>
            {part !== undefined && <InlineSwitch pointer={at} schema={part.schema} />}
            {name === exclusive[0] ? (
              <ExclusiveFields fields={fields.filter((field) => exclusive.includes(field.name))} />
            ) : (
              own.map((field) => (
                <div key={field.pointer} className={part === undefined ? "contents" : "mt-3"}>
                  <host.Field {...field} />
                </div>
              ))
            )}
          </div>
        );
      })}
      {rest.length > 0 && <MoreFields place={pointer} fields={rest} />}
    </div>
  );
}
