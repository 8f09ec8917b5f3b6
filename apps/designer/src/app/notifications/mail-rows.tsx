import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type JSX } from "react";
import { SettingRow } from "../../pages/settings/setting-row.tsx";
import type { Inputs } from "../../rpc/outputs.ts";
import { useTRPC } from "../../rpc/client.ts";
import { explain } from "../../ui/problem.ts";
import { Segmented } from "../../ui/segmented.tsx";
import { TextInput } from "../../ui/text-input.tsx";
import { failed } from "../../ui/toast.ts";
import { useWords } from "../../words/use-words.tsx";
import { useMay } from "../session.ts";
import { words } from "./words.ts";

type Settings = Inputs["notifications"]["setSettings"];

/** How one is told of tasks by mail: at once, once a day, or not. */
export function MailRows(): JSX.Element | null {
  return useMay("notification.read") ? <OwnMailRows /> : null;
}

function OwnMailRows(): JSX.Element | null {
  const t = useWords(words);
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { data } = useQuery(trpc.notifications.settings.queryOptions());
  const [typed, setTyped] = useState<string>();
  const put = useMutation(
    trpc.notifications.setSettings.mutationOptions({
      onMutate: ({ mail, at = "" }) =>
        queries.setQueryData(
          trpc.notifications.settings.queryKey(),
          (before) => before && { ...before, mail, at, isSet: true },
        ),
      onError: (error) => failed(t("failed", { why: explain(error).what })),
      onSettled: () => queries.invalidateQueries(trpc.notifications.settings.pathFilter()),
    }),
  );
  if (data === undefined) return null;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  // The zone and the language of whoever sets it, so that mails come in them too.
  const save = (mail: Settings["mail"], at: string): void =>
    put.mutate({ mail, at, timeZone: zone, language: t.language });
  const commit = (): void => {
    if (typed !== undefined && typed !== "" && typed !== data.at) save(data.mail, typed);
    setTyped(undefined);
  };
  return (
    <>
      <SettingRow name={t("mail")} text={t(data.canMail ? "mailText" : "noServer")} value={data.mail}>
        <Segmented
          label={t("mail")}
          value={data.mail}
          onChange={(mail) => save(mail, data.at)}
          options={[
            { value: "now", label: t("now") },
            { value: "daily", label: t("daily") },
            { value: "off", label: t("off") },
          ]}
        />
      </SettingRow>
      {data.mail === "daily" && (
        <SettingRow
          name={t("digestAt")}
          text={t("digestAtText", { zone: data.isSet ? data.timeZone : zone })}
          value={data.at}
        >
          <div className="w-28">
            <TextInput
              type="time"
              aria-label={t("digestAt")}
              value={typed ?? data.at}
              onChange={setTyped}
              onBlur={commit}
              onKeyDown={(event) => {
                if (event.key === "Enter") commit();
              }}
            />
          </div>
        </SettingRow>
      )}
    </>
  );
}
