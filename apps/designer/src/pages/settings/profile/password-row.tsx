import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type JSX } from "react";
import { useTRPC } from "../../../rpc/client.ts";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Field } from "../../../ui/field.tsx";
import { codeOf, detailsOf, explain } from "../../../ui/problem.ts";
import { done } from "../../../ui/toast.ts";
import { type Translate, useWords } from "../../../words/use-words.tsx";
import { PasswordInput } from "../../shared/password-input.tsx";
import { SettingRow } from "../setting-row.tsx";
import { words } from "./words.ts";

const SHORTEST = 12;

export function PasswordRow(): JSX.Element {
  const t = useWords(words);
  const [open, setOpen] = useState(false);
  return (
    <SettingRow name={t("password")} text={t("passwordText")}>
      <Button onClick={() => setOpen(true)}>{t("changePassword")}</Button>
      {open && <PasswordDialog onClose={() => setOpen(false)} />}
    </SettingRow>
  );
}

function wrongPresent(error: unknown, t: Translate<keyof (typeof words)["en"]>): string | undefined {
  if (codeOf(error) !== "password_wrong") return undefined;
  const { triesLeft } = detailsOf(error);
  return t("presentWrong", { left: typeof triesLeft === "number" ? triesLeft : 1 });
}

function PasswordDialog({ onClose }: { onClose: () => void }): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [present, setPresent] = useState("");
  const [password, setPassword] = useState("");
  const change = useMutation(
    trpc.session.changePassword.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries(trpc.session.pathFilter());
        done(t("passwordChanged"));
        onClose();
      },
    }),
  );
  const wrong = wrongPresent(change.error, t);
  const short = password !== "" && password.length < SHORTEST;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("passwordTitle")}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button variant="primary" type="submit" form="change-password" disabled={short || change.isPending}>
            {t("changeNow")}
          </Button>
        </>
      }
    >
      <form
        id="change-password"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate({ present, password });
        }}
      >
        <Field label={t("present")} error={wrong}>
          <PasswordInput kind="current-password" value={present} onChange={setPresent} invalid={wrong !== undefined} />
        </Field>
        <Field label={t("new")} help={t("newHelp")}>
          <PasswordInput kind="new-password" value={password} onChange={setPassword} />
        </Field>
        {change.isError && wrong === undefined && (
          <p role="alert" className="mt-3 text-12 text-failed-text">
            {explain(change.error).what}
          </p>
        )}
      </form>
    </Dialog>
  );
}
