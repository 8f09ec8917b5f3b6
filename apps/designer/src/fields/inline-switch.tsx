import type { JSX } from "react";
import { Toggle } from "../ui/toggle.tsx";
import { useLanguage } from "../words/use-words.tsx";
import { startValue } from "./form-model.ts";
import { useHost } from "./host.ts";
import { paramText } from "./param-text.ts";

export interface InlineSwitchProps {
  /** Whole, into the document. */
  readonly pointer: string;
  readonly schema: Parameters<typeof startValue>[0] & object;
}

/** An optional part of the params, such as the inbox: on or off. */
export function InlineSwitch({ pointer, schema }: InlineSwitchProps): JSX.Element {
  const host = useHost();
  const language = useLanguage();
  const { label } = paramText(host.type, pointer.slice(host.base.length), schema, language);
  const on = host.value(pointer) !== undefined;
  return (
    <Toggle checked={on} label={label} onChange={(next) => host.set(pointer, next ? startValue(schema) : undefined)} />
  );
}
