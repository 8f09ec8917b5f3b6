import type { JSX } from "react";
import { useSignOut } from "../../../app/person-menu.tsx";
import { MailRows } from "../../../app/notifications/mail-rows.tsx";
import { useMay, useSession } from "../../../app/session.ts";
import { Button } from "../../../ui/button.tsx";
import { useWords } from "../../../words/use-words.tsx";
import { words as roleWords } from "../../sign-in/words.ts";
import { SettingRow } from "../setting-row.tsx";
import { AbsenceRow } from "./absence-row.tsx";
import { NameRow } from "./name-row.tsx";
import { PasswordRow } from "./password-row.tsx";
import { SessionRows } from "./session-rows.tsx";
import { words } from "./words.ts";

const ROLES = ["viewer", "analyst", "manager", "developer", "administrator"] as const;

/** What is about oneself: who one is here, how one signs in, and who stands in. */
export function ProfileSection(): JSX.Element {
  const t = useWords(words);
  const role = useWords(roleWords);
  const signOut = useSignOut();
  const mayBeAway = useMay("absence.set");
  const { person } = useSession();
  const roles = ROLES.filter((each) => person.roles.includes(each)).map((each) => role(each));
  return (
    <>
      <NameRow />
      <SettingRow
        name={t("account")}
        text={
          <>
            {person.email}
            <br />
            {roles.length === 0 ? t("noRoles") : t("roles", { roles: roles.join(", ") })}
            {person.groups.length > 0 && (
              <>
                <br />
                {t("groups", { groups: person.groups.join(", ") })}
              </>
            )}
          </>
        }
      >
        <Button onClick={signOut}>{t("signOut")}</Button>
      </SettingRow>
      <PasswordRow />
      <MailRows />
      {mayBeAway && <AbsenceRow />}
      <SessionRows />
    </>
  );
}
