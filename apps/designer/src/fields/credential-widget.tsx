import type { JSX } from "react";
import { CredentialField } from "../inspector/credential-field.tsx";
import type { ParamFieldProps } from "./host.ts";
import { useParam } from "./use-param.ts";

/** The name of a credential within the params, of the kinds that the schema lists. */
export function CredentialWidget(props: ParamFieldProps): JSX.Element {
  const { value, set, error } = useParam(props);
  const kinds = props.schema["x-credential"];
  return (
    <CredentialField
      kinds={Array.isArray(kinds) ? kinds.filter((kind) => typeof kind === "string") : []}
      value={typeof value === "string" && value !== "" ? value : undefined}
      onChange={set}
      error={error}
    />
  );
}
