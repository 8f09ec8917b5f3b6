import type { JSX } from "react";
import { Field } from "../../../ui/field.tsx";
import { Select } from "../../../ui/select.tsx";
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
  query: "value",
  oauth2: "clientSecret",
  webhook: "webhookAddress",
  smtp: "mailAddress",
  connectionString: "databaseAddress",
} as const satisfies Readonly<Record<ConnectionType, keyof (typeof words)["en"]>>;

const EXAMPLE: Partial<Readonly<Record<ConnectionType, string>>> = {
  smtp: "smtps://name:password@mail.example.com",
  connectionString: "postgres://name:password@db.example.com/shop",
  webhook: "https://hooks.slack.com/services/…",
};

/** What stands beside the secret, where something does. */
const NAME = {
  basic: { label: "user" },
  header: { label: "headerName", placeholder: "X-Api-Key", mono: true },
  query: { label: "parameter", placeholder: "api_key", mono: true },
  oauth2: { label: "client", mono: true },
} as const satisfies Partial<Readonly<Record<ConnectionType, object>>>;

const isNamed = (type: ConnectionType): type is keyof typeof NAME => type in NAME;

/** The value, as it is told: hidden while it is typed, and never filled in from what is stored. */
export function ValueFields({ type, typed, onChange }: ValueFieldsProps): JSX.Element {
  const t = useWords(words);
  const example = EXAMPLE[type];
  return (
    <>
      {type === "oauth2" && (
        <Field label={t("tokenUrl")} help={t("tokenUrlHelp")}>
          <TextInput
            required
            type="url"
            mono
            autoComplete="off"
            placeholder="https://login.example.com/oauth2/token"
            value={typed.tokenUrl}
            onChange={(tokenUrl) => onChange({ ...typed, tokenUrl })}
          />
        </Field>
      )}
      {isNamed(type) && <NameField type={type} typed={typed} onChange={onChange} />}
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
      {type === "oauth2" && <ClientFields typed={typed} onChange={onChange} />}
    </>
  );
}

interface NameFieldProps extends Omit<ValueFieldsProps, "type"> {
  readonly type: keyof typeof NAME;
}

function NameField({ type, typed, onChange }: NameFieldProps): JSX.Element {
  const t = useWords(words);
  const { label, ...look } = NAME[type];
  return (
    <Field label={t(label)}>
      <TextInput
        required
        autoComplete="off"
        value={typed.name}
        onChange={(name) => onChange({ ...typed, name })}
        {...look}
      />
    </Field>
  );
}

/** What a client may say besides, when it asks for a token. */
function ClientFields({ typed, onChange }: Omit<ValueFieldsProps, "type">): JSX.Element {
  const t = useWords(words);
  return (
    <>
      <Field label={t("scope")} help={t("scopeHelp")} hint={t("optional")}>
        <TextInput
          mono
          autoComplete="off"
          placeholder="orders:read orders:write"
          value={typed.scope}
          onChange={(scope) => onChange({ ...typed, scope })}
        />
      </Field>
      <Field label={t("audience")} help={t("audienceHelp")} hint={t("optional")}>
        <TextInput
          mono
          autoComplete="off"
          value={typed.audience}
          onChange={(audience) => onChange({ ...typed, audience })}
        />
      </Field>
      <Field label={t("clientAuth")}>
        <Select
          label={t("clientAuth")}
          value={typed.clientAuth}
          onChange={(clientAuth) => onChange({ ...typed, clientAuth })}
          options={[
            { value: "basic", label: t("inHeader") },
            { value: "body", label: t("inBody") },
          ]}
        />
      </Field>
    </>
  );
}
