import { isJsonObject } from "@holdfast/dsl";
import type { JsonObject } from "@holdfast/dsl";
import { User, Users, UsersRound, X } from "lucide-react";
import type { LucideIcon } from "lucide-react";
import type { JSX } from "react";
import { Combobox } from "../ui/combobox.tsx";
import { useWords } from "../words/use-words.tsx";
import { GroupFrame } from "./group-frame.tsx";
import type { FieldsHost, ParamFieldProps } from "./host.ts";
import { useParam } from "./use-param.ts";
import { words } from "./words.ts";

const KINDS = ["roles", "groups", "people"] as const;
type Kind = (typeof KINDS)[number];
const ICONS: Readonly<Record<Kind, LucideIcon>> = { roles: Users, groups: UsersRound, people: User };

/** Who may decide: roles, groups and people in one list. */
export function AssigneesWidget(props: ParamFieldProps): JSX.Element {
  const { host, value, set, label, help, issues } = useParam(props);
  const t = useWords(words);
  const chosen = isJsonObject(value) ? value : {};
  const listed = KINDS.flatMap((kind) => namesIn(chosen, kind).map((name) => ({ kind, name })));
  const put = (kind: Kind, names: readonly string[]): void => {
    const { [kind]: _, ...rest } = chosen;
    const next: JsonObject = names.length === 0 ? rest : { ...rest, [kind]: [...names] };
    set(Object.keys(next).length === 0 && props.required !== true ? undefined : next);
  };
  const options = optionsOf(host, chosen, {
    role: (name) => t("role", { name }),
    group: (name) => t("group", { name }),
  });
  return (
    <GroupFrame label={label} help={listed.length === 0 ? help : undefined} issues={issues}>
      <div className="flex flex-wrap gap-1.5 not-empty:mb-1.5">
        {listed.map(({ kind, name }) => {
          const Icon = ICONS[kind];
          const shown = displayName(host, kind, name);
          return (
            <span
              key={`${kind} ${name}`}
              className="flex min-w-0 items-center gap-1.5 rounded-sm border border-border-strong py-0.5 pr-0.5 pl-2"
            >
              <Icon aria-hidden className="size-3.5 shrink-0 text-text-2" strokeWidth={1.75} />
              <span className="truncate font-medium">{shown}</span>
              <button
                type="button"
                aria-label={t("removeField", { name: shown })}
                onClick={() =>
                  put(
                    kind,
                    namesIn(chosen, kind).filter((one) => one !== name),
                  )
                }
                className="grid size-5 place-items-center rounded-xs text-text-3 hover:bg-surface-hover hover:text-text pointer-coarse:size-9"
              >
                <X aria-hidden className="size-3" />
              </button>
            </span>
          );
        })}
      </div>
      <Combobox<string>
        label={label}
        value={null}
        key={listed.length}
        options={options}
        placeholder={listed.length === 0 && props.required !== true ? t("everybody") : t("add")}
        allowCustom="last"
        onChange={(next) => {
          const [kind, ...rest] = next.split(":");
          const known = KINDS.find((one) => one === kind);
          const name = known === undefined ? next : rest.join(":");
          const into = known ?? "roles";
          if (!namesIn(chosen, into).includes(name)) put(into, [...namesIn(chosen, into), name]);
        }}
      />
    </GroupFrame>
  );
}

function namesIn(chosen: JsonObject, kind: Kind): string[] {
  const names = chosen[kind];
  return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
}

function displayName({ directory }: FieldsHost, kind: Kind, id: string): string {
  if (kind === "roles") return id;
  return directory[kind].find((one) => one.id === id)?.name ?? id;
}

function optionsOf(
  { directory }: FieldsHost,
  chosen: JsonObject,
  text: { readonly role: (name: string) => string; readonly group: (name: string) => string },
): { value: string; label: string; detail?: string; icon: LucideIcon }[] {
  const free = (kind: Kind, id: string): boolean => !namesIn(chosen, kind).includes(id);
  return [
    ...directory.roles
      .filter((name) => free("roles", name))
      .map((name) => ({ value: `roles:${name}`, label: text.role(name), icon: Users })),
    ...directory.groups
      .filter(({ id }) => free("groups", id))
      .map(({ id, name }) => ({ value: `groups:${id}`, label: text.group(name), icon: UsersRound })),
    ...directory.people
      .filter(({ id }) => free("people", id))
      .map(({ id, name }) => ({ value: `people:${id}`, label: name, icon: User })),
  ];
}
