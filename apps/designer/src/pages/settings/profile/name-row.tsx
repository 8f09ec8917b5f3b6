import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type JSX } from "react";
import { useSession } from "../../../app/session.ts";
import { useTRPC } from "../../../rpc/client.ts";
import { explain } from "../../../ui/problem.ts";
import { TextInput } from "../../../ui/text-input.tsx";
import { failed } from "../../../ui/toast.ts";
import { useWords } from "../../../words/use-words.tsx";
import { SettingRow } from "../setting-row.tsx";
import { words } from "./words.ts";

/** Saved when one leaves the field. */
export function NameRow(): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { person } = useSession();
  const [name, setName] = useState(person.name);
  const rename = useMutation(
    trpc.session.rename.mutationOptions({
      onSuccess: () => queries.invalidateQueries(trpc.session.pathFilter()),
      onError: (error) => {
        setName(person.name);
        failed(t("failed", { why: explain(error).what }));
      },
    }),
  );
  const save = (): void => {
    const told = name.trim();
    if (told === "") setName(person.name);
    else if (told !== person.name) rename.mutate({ name: told });
  };
  return (
    <SettingRow name={t("name")} text={t("nameText")} value={rename.data === undefined ? person.name : name}>
      <form
        className="w-60 max-w-full"
        onBlur={save}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextInput aria-label={t("name")} autoComplete="name" maxLength={100} value={name} onChange={setName} />
      </form>
    </SettingRow>
  );
}
