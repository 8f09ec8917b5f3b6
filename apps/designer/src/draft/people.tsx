import type { JSX } from "react";
import { useSession } from "../app/session.ts";
import { nameOf as nodeName } from "../canvas/node-facts.ts";
import { allNodes } from "../flow/graphs.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { useWords } from "../words/use-words.tsx";
import type { OpenDraft } from "./use-draft.ts";
import type { Present } from "./use-watch.ts";
import { words } from "./words.ts";

/** How many faces there is room for. */
const MOST = 4;

/** Who has the draft open: oneself first. */
export function People({ draft }: { readonly draft: Pick<OpenDraft, "people" | "store"> }): JSX.Element {
  const t = useWords(words);
  const { person } = useSession();
  const others = onePerPerson(draft.people, person.id);
  const where = ({ node, person: { name } }: Present): string => {
    if (node === null) return name;
    return t("hereAt", { name, node: nodeName(node, allNodes(draft.store.getState().flow).get(node)?.node) });
  };
  return (
    <span className="flex max-lg:hidden">
      <Tooltip text={person.name}>
        <span>
          <Avatar active name={person.name} />
        </span>
      </Tooltip>
      {others.length > 0 && (
        <ul aria-label={t("here")} className="m-0 flex list-none p-0">
          {others.slice(0, MOST).map((one) => (
            <li key={one.client} className="-ml-1.5">
              <Tooltip text={where(one)}>
                <span>
                  <Avatar name={one.person.name} className="ring-2 ring-surface" />
                  <span className="sr-only">{where(one)}</span>
                </span>
              </Tooltip>
            </li>
          ))}
          {others.length > MOST && <li className="ml-1 self-center text-11 text-text-3">+{others.length - MOST}</li>}
        </ul>
      )}
    </span>
  );
}

/** Somebody with two pages open is one person; the page where a card is selected counts. */
export function onePerPerson(people: readonly Present[] | undefined, me: string): readonly Present[] {
  const found = new Map<string, Present>();
  for (const one of people ?? []) {
    if (one.person.id === me) continue;
    const known = found.get(one.person.id);
    if (known === undefined || (known.node === null && one.node !== null)) found.set(one.person.id, one);
  }
  return [...found.values()];
}
