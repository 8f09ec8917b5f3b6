import type { JSX } from "react";
import { Avatar } from "../../ui/avatar.tsx";
import { cx } from "../../ui/cx.ts";
import { useWords } from "../../words/use-words.tsx";
import { words } from "./words.ts";

export interface DemoPerson {
  readonly name: string;
  readonly email: string;
  readonly roles: readonly ("viewer" | "analyst" | "manager" | "developer" | "administrator")[];
  readonly password: string;
}

export interface DemoPeopleProps {
  readonly people: readonly DemoPerson[];
  /** The address that stands in the form. */
  readonly chosen: string;
  readonly onChoose: (person: DemoPerson) => void;
}

/** Everybody one can be in demo mode: choosing fills the form. */
export function DemoPeople({ people, chosen, onChoose }: DemoPeopleProps): JSX.Element {
  const t = useWords(words);
  return (
    <section aria-labelledby="demo-people" className="mt-7">
      <h2 id="demo-people" className="text-12 font-medium text-text-2">
        {t("demoTitle")}
      </h2>
      <p className="mb-2 text-12 text-text-3">{t("demoText")}</p>
      <ul className="rounded-md border border-border-strong">
        {people.map((person) => (
          <li key={person.email} className="border-b border-border last:border-b-0">
            <button
              type="button"
              aria-pressed={person.email === chosen}
              onClick={() => onChoose(person)}
              className={cx(
                "flex min-h-[34px] w-full items-center gap-2.5 px-2.5 py-1 text-left outline-offset-[-2px] hover:bg-surface-hover pointer-coarse:min-h-11",
                person.email === chosen && "bg-accent-soft",
              )}
            >
              <Avatar name={person.name} active={person.email === chosen} />
              <span className="shrink-0">{person.name}</span>
              <span className="ml-auto min-w-0 truncate text-12 text-text-3">
                {person.roles.map((role) => t(role)).join(", ")}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
