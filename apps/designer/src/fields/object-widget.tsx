import type { JSX } from "react";
import { fieldsOf } from "./form-model.ts";
import { GroupFrame } from "./group-frame.tsx";
import type { ParamFieldProps } from "./host.ts";
import { useParam } from "./use-param.ts";

/** An object with fields of its own. */
export function ObjectWidget(props: ParamFieldProps): JSX.Element {
  const { host, value, label, help, issues } = useParam(props);
  return (
    <GroupFrame label={label} help={props.bare === true ? undefined : help} issues={issues} bare={props.bare}>
      <div className="border-l border-border-strong pl-3">
        {fieldsOf(props.schema, value, props.pointer).map((field) => (
          <div key={field.pointer} className="not-first:mt-3">
            <host.Field {...field} />
          </div>
        ))}
      </div>
    </GroupFrame>
  );
}
