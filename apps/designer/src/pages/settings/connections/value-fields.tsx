import type { JSX } from "react";
import { Field } from "../../../ui/field.tsx";
import { TextInput } from "../../../ui/text-input.tsx";
import { useWords } from "../../../words/use-words.tsx";
import type { ConnectionType, Typed } from "./connection.ts";
import { words } from "./words.ts";

export interface ValueFieldsProps {
  readonly type: ConnectionType;
  readonly typed: Typed;
  readonly onChange: (typed: Typed) => void;
}

const SECRET = {
  bearer: "token",
  apiKey: "key",
  basic: "password",
  header: "value",
  smtp: "mailAddress",
  connectionString: "databaseAddress",
} as const satisfies Readonly<Record<ConnectionType, keyof (typeof words)["en"]>>;

const EXAMPLE: Partial<Readonly<Record<ConnectionType, string>>> = {
  smtp: "smtps://name:password@mail.example.com",
  connectionString: "postgres://name:password@db.example.com/shop",
};

/** The value, as it is told: hidden while it is typed, and never filled in from what is stored. */
export function ValueFields({ type, typed, onChange }: ValueFieldsProps): JSX.Element {
  const t = useWords(words);
  const example = EXAMPLE[type];
  return (
    <>
      {(type === "basic" || type === "header") && (
        <Field label={t(type === "basic" ? "user" : "headerName")}>
          <TextInput
            required
            autoComplete="off"
            value={typed.name}
            onChange={(name) => onChange({ ...typed, name })}
            {...(type === "header" ? { placeholder: "X-Api-Key", mono: true } : {})}
          />
        </Field>
      )}
      <Field label={t(SECRET[type])} {...(example === undefined ? {} : { help: t("like", { example }) })}>
        <TextInput
          type="password"
          required
          mono
          // A browser would offer to keep it, as a password of this page.
          autoComplete="new-password"
          value={typed.secret}
          onChange={(secret) => onChange({ ...typed, secret })}
        />
      </Field>
    </>
  );
}
