import type { JsonSchema } from "@holdfast/dsl";
import type { JSX } from "react";
import { ExclusiveFields } from "../fields/exclusive-fields.tsx";
import { exclusiveFields } from "../fields/form-model.ts";
import type { FieldSpec } from "../fields/form-model.ts";
import { useHost } from "../fields/host.ts";
import { MoreFields } from "../fields/more-fields.tsx";

export interface ParamFormProps {
  readonly schema: JsonSchema;
  readonly fields: readonly FieldSpec[];
}

/** The fields of a tab; what is seldom needed stands behind "More settings" until it is filled in. */
export function ParamForm({ schema, fields }: ParamFormProps): JSX.Element {
  const host = useHost();
  const exclusive = exclusiveFields(schema);
  const whole = fields.map((field) => ({ ...field, pointer: host.base + field.pointer }));
  const isShown = ({ more, pointer }: FieldSpec): boolean =>
    !more || host.value(pointer) !== undefined || host.issuesAt(pointer).length > 0;
  const plain = whole.filter(({ name }) => !exclusive.includes(name));
  const rest = plain.filter((field) => !isShown(field));
  return (
    <div className="flex min-w-0 flex-col">
      {exclusive.length > 0 && <ExclusiveFields fields={whole.filter(({ name }) => exclusive.includes(name))} />}
      {plain.filter(isShown).map((field) => (
        <div key={field.pointer} className="not-first:mt-3">
          <host.Field {...field} />
        </div>
      ))}
      {rest.length > 0 && <MoreFields place={host.base} fields={rest} />}
    </div>
  );
}
