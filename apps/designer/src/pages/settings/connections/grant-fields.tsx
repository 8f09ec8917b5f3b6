import { useQuery } from "@tanstack/react-query";
import type { JSX } from "react";
import { useTRPC } from "../../../rpc/client.ts";
import { Checkbox } from "../../../ui/checkbox.tsx";
import { Field } from "../../../ui/field.tsx";
import { TextInput } from "../../../ui/text-input.tsx";
import { useWords } from "../../../words/use-words.tsx";
import { type ConnectionType, listFrom, namesItsHost } from "./connection.ts";
import { words } from "./words.ts";

export interface Grants {
  /** Ids, where not every flow may. */
  readonly flows: readonly string[];
  readonly every: boolean;
  readonly hosts: string;
  readonly testUrl: string;
}

export interface SentGrants {
  readonly flows: string[] | null;
  readonly hosts?: string[];
  readonly testUrl?: string | null;
}

/** As they are sent. */
export function grantsOf({ flows, every, hosts, testUrl }: Grants, type: ConnectionType): SentGrants {
  const mayUse = every ? null : [...flows];
  if (namesItsHost(type)) return { flows: mayUse };
  return { flows: mayUse, hosts: listFrom(hosts), testUrl: testUrl.trim() === "" ? null : testUrl.trim() };
}

export interface GrantFieldsProps {
  readonly type: ConnectionType;
  readonly grants: Grants;
  readonly onChange: (grants: Grants) => void;
}

/** Who may use it, and where it may be sent. */
export function GrantFields({ type, grants, onChange }: GrantFieldsProps): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const flows = useQuery(trpc.flows.list.queryOptions());
  const known = (flows.data ?? []).filter(({ archived, id }) => !archived || grants.flows.includes(id));
  const toggle = (id: string, on: boolean): void =>
    onChange({ ...grants, flows: on ? [...grants.flows, id] : grants.flows.filter((each) => each !== id) });
  return (
    <>
      {!namesItsHost(type) && (
        <>
          <Field label={t("hosts")} help={t("hostsHelp")}>
            <TextInput
              required
              mono
              autoComplete="off"
              placeholder="api.example.com"
              value={grants.hosts}
              onChange={(hosts) => onChange({ ...grants, hosts })}
            />
          </Field>
          <Field label={t("testUrl")} help={t("testUrlHelp")} hint={t("optional")}>
            <TextInput
              type="url"
              mono
              autoComplete="off"
              placeholder="https://api.example.com/me"
              value={grants.testUrl}
              onChange={(testUrl) => onChange({ ...grants, testUrl })}
            />
          </Field>
        </>
      )}
      <fieldset className="mt-3">
        <legend className="mb-1 text-12 font-medium text-text-2">{t("flows")}</legend>
        <Checkbox
          checked={grants.every}
          onChange={(every) => onChange({ ...grants, every })}
          label={
            <>
              {t("everyFlowBox")} <span className="text-12 text-text-3">{t("everyFlowText")}</span>
            </>
          }
        />
        {!grants.every &&
          known.map(({ id, name }) => (
            <Checkbox
              key={id}
              checked={grants.flows.includes(id)}
              onChange={(on) => toggle(id, on)}
              label={
                <>
                  {name} <code className="text-12 text-text-3">{id}</code>
                </>
              }
            />
          ))}
      </fieldset>
    </>
  );
}
