import type { JSX } from "react";
import { words as fieldWords } from "../fields/words.ts";
import { Field } from "../ui/field.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { useWords } from "../words/use-words.tsx";

export interface CredentialFieldProps {
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
  readonly error?: string | undefined;
}

/** The name of a credential: the secret itself never stands in a flow. */
export function CredentialField({ value, onChange, error }: CredentialFieldProps): JSX.Element {
  const t = useWords(fieldWords);
  return (
    <Field label={t("credential")} help={t("credentialHelp")} error={error} className="mt-3">
      <TextInput
        mono
        spellCheck={false}
        value={value ?? ""}
        placeholder="payments"
        onChange={(next) => onChange(next === "" ? undefined : next)}
      />
    </Field>
  );
}
