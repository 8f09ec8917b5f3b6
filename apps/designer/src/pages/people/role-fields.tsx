import type { JSX } from "react";
import { Checkbox } from "../../ui/checkbox.tsx";
import { Field } from "../../ui/field.tsx";
import { TextInput } from "../../ui/text-input.tsx";
import { useWords } from "../../words/use-words.tsx";
import { words as roleWords } from "../sign-in/words.ts";
import { type Role, ROLES } from "./person.ts";
import { words } from "./words.ts";

export interface RoleFieldsProps {
  readonly roles: readonly Role[];
  readonly groups: string;
  readonly onRoles: (roles: readonly Role[]) => void;
  readonly onGroups: (groups: string) => void;
}

/** What a person may do, and whom they belong to. */
export function RoleFields({ roles, groups, onRoles, onGroups }: RoleFieldsProps): JSX.Element {
  const t = useWords(words);
  const role = useWords(roleWords);
  return (
    <>
      <fieldset className="mt-3">
        <legend className="mb-1 text-12 font-medium text-text-2">{t("roles")}</legend>
        {ROLES.map((each) => (
          <Checkbox
            key={each}
            checked={roles.includes(each)}
            onChange={(on) => onRoles(on ? [...roles, each] : roles.filter((one) => one !== each))}
            label={
              <>
                {role(each)} <span className="text-12 text-text-3">{t(`${each}Text`)}</span>
              </>
            }
          />
        ))}
      </fieldset>
      <Field label={t("groups")} help={t("groupsHelp")} className="mt-3">
        <TextInput value={groups} onChange={onGroups} autoComplete="off" />
      </Field>
    </>
  );
}
