import type { JSX } from "react";
import { GroupFrame } from "./group-frame.tsx";
import type { ParamFieldProps } from "./host.ts";
import { ObjectFields } from "./object-fields.tsx";
import { useParam } from "./use-param.ts";

/** An object with fields of its own. */
export function ObjectWidget(props: ParamFieldProps): JSX.Element {
  const { label, help, issues } = useParam(props);
  return (
    <GroupFrame label={label} help={props.bare === true ? undefined : help} issues={issues} bare={props.bare}>
      <div className={props.bare === true ? undefined : "border-l border-border-strong pl-3"}>
        <ObjectFields schema={props.schema} pointer={props.pointer} />
      </div>
    </GroupFrame>
  );
}
