import { Link } from "@tanstack/react-router";
import type { JSX, ReactNode } from "react";
import { words as kindWords } from "../pages/settings/connections/words.ts";
import { Button } from "../ui/button.tsx";
import { Combobox } from "../ui/combobox.tsx";
import { Field } from "../ui/field.tsx";
import type { Option } from "../ui/option.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { useWords } from "../words/use-words.tsx";
import { type Connections, useConnections } from "./connections.ts";
import {
  credentialStanding,
  type CredentialStanding,
  fittingConnections,
  isGranted,
  variableOf,
} from "./credential-choice.ts";
import { words } from "./credential-words.ts";

export interface CredentialFieldProps {
  /** That the node type takes. */
  readonly kinds: readonly string[];
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
  readonly error?: string | undefined;
}

const NONE = "";

/** The name of a credential: the secret itself never stands in a flow. */
export function CredentialField(props: CredentialFieldProps): JSX.Element {
  const connections = useConnections();
  return connections === undefined ? <TypedName {...props} /> : <Chooser {...props} connections={connections} />;
}

/** For whoever may not see what is stored. */
function TypedName({ value, onChange, error }: CredentialFieldProps): JSX.Element {
  const t = useWords(words);
  return (
    <Field label={t("connection")} help={t("help")} error={error} className="mt-3">
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

interface ChooserProps extends CredentialFieldProps {
  readonly connections: Connections;
}

function Chooser({ kinds, value, onChange, error, connections }: ChooserProps): JSX.Element {
  const t = useWords(words);
  const kind = useWords(kindWords);
  const { items = [], flow } = connections;
  const fitting = fittingConnections(items, { kinds, flow });
  const standing = credentialStanding(items, { kinds, flow, name: value });
  const options: readonly Option[] = [
    { value: NONE, label: t(kinds.includes("smtp") ? "mailDefault" : "none") },
    ...fitting.map((each) => ({
      value: each.name,
      label: each.name,
      detail: isGranted(each, flow) ? kind(each.type) : `${kind(each.type)}, ${t("notYet")}`,
    })),
  ];
  const wrong =
    standing.kind === "wrongKind"
      ? t("wrongKind", { name: standing.connection.name, kind: kind(standing.connection.type) })
      : undefined;
  return (
    <div className="mt-3">
      <Field label={t("connection")} error={error ?? wrong}>
        <Combobox
          label={t("connection")}
          allowCustom
          placeholder={t("choose")}
          value={value ?? NONE}
          options={options}
          onChange={(next) => onChange(next === NONE ? undefined : next)}
        />
      </Field>
      {connections.items !== undefined && (
        <Advice connections={connections} standing={standing} name={value} empty={fitting.length === 0} />
      )}
    </div>
  );
}

interface AdviceProps {
  readonly connections: Connections;
  readonly standing: CredentialStanding;
  readonly name: string | undefined;
  /** Nothing that is stored fits. */
  readonly empty: boolean;
}

/** What comes of the choice, and what is to be done where it does not work yet. */
function Advice({ connections: { grant }, standing, name = "", empty }: AdviceProps): JSX.Element | null {
  const t = useWords(words);
  const l = (text: ReactNode[]): ReactNode => (
    <Link key="link" to="/settings/$section" params={{ section: "connections" }} className="text-accent-text underline">
      {text}
    </Link>
  );
  switch (standing.kind) {
    case "none":
      return <Line>{empty ? t.rich(grant === undefined ? "emptyAsk" : "empty", { l }) : t("help")}</Line>;
    case "unknown":
      return <Line>{t.rich("unknown", { name, variable: variableOf(name), l })}</Line>;
    case "notGranted":
      return (
        <div role="note" className="mt-2 rounded-sm bg-waiting-soft px-3 py-2.5 text-12 text-waiting-text">
          <p>{t("notGranted", { name })}</p>
          {grant === undefined ? (
            <p className="mt-1">{t.rich("askFor", { l })}</p>
          ) : (
            <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1.5">
              <Button size="sm" onClick={() => grant(standing.connection)}>
                {t("grant")}
              </Button>
              <span>{t.rich("change", { l })}</span>
            </p>
          )}
        </div>
      );
    case "fits":
      return <Line>{t("goesTo", { hosts: standing.connection.hosts.join(", ") })}</Line>;
    case "wrongKind":
      return null;
  }
}

const Line = ({ children }: { readonly children: ReactNode }): JSX.Element => (
  <p className="mt-[5px] text-12 break-words text-text-3">{children}</p>
);
