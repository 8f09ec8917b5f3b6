import type { JSX } from "react";
import { isPairOfNumbers } from "./form-model.ts";
import { GroupFrame } from "./group-frame.tsx";
import type { ParamFieldProps } from "./host.ts";
import { ObjectFields } from "./object-fields.tsx";
import { useParam } from "./use-param.ts";

/** An object with fields of its own. */
export function ObjectWidget(props: ParamFieldProps): JSX.Element {
  const { label, help, issues } = useParam(props);
  const isFlat = props.bare === true || isPairOfNumbers(props.schema);
  return (
    <GroupFrame label={label} help={props.bare === true ? undefined : help} issues={issues} bare={props.bare}>
      <div className={isFlat ? undefined : "border-l border-border-strong pl-3"}>
        <ObjectFields schema={props.schema} pointer={props.pointer} />
      </div>
    </GroupFrame>
  );
}
