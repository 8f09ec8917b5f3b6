import { Lock } from "lucide-react";
import { useEffect, useRef, useState, type JSX, type ReactNode } from "react";
import { useSession } from "../app/session.ts";
import { useFlow } from "../flow/flow-store-context.tsx";
import { Button } from "../ui/button.tsx";
import { useWords } from "../words/use-words.tsx";
import { onePerPerson } from "./people.tsx";
import type { Present } from "./use-watch.ts";
import { words } from "./words.ts";

interface LockProps {
  readonly people: readonly Present[] | undefined;
  readonly children: ReactNode;
}

/** A card that somebody was at before can be read; who wants can edit it all the same. */
export function SoftLock({ people, children }: LockProps): JSX.Element {
  const t = useWords(words);
  const { person } = useSession();
  const node = useFlow(({ selection }) => (selection.nodes.size === 1 ? [...selection.nodes][0] : undefined));
  const there = useThereBefore(people === undefined ? undefined : onePerPerson(people, person.id), node);
  const [anyway, setAnyway] = useState<string>();
  const isLocked = there.length > 0 && anyway !== node;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (!isLocked || element === null) return undefined;
    const refuse = (event: Event): void => {
      if (!(event.target instanceof Element) || event.target.closest("[role=tab], header") !== null) return;
      event.preventDefault();
      event.stopPropagation();
    };
    const names = ["beforeinput", "click", "drop", "paste"] as const;
    for (const name of names) element.addEventListener(name, refuse, { capture: true });
    return () => {
      for (const name of names) element.removeEventListener(name, refuse, { capture: true });
    };
  }, [isLocked]);
  const [first] = there;
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      {isLocked && first !== undefined && (
        <p
          role="status"
          className="m-0 flex flex-wrap items-center gap-2 border-b border-border bg-waiting-soft px-4 py-2 text-12 text-waiting-text"
        >
          <Lock aria-hidden className="size-3.5 shrink-0" strokeWidth={1.75} />
          <span className="min-w-0 flex-1">
            {there.length === 1
              ? t("locked", { name: first.person.name })
              : t("lockedMany", { name: first.person.name, count: there.length - 1 })}
          </span>
          <Button size="sm" onClick={() => setAnyway(node)}>
            {t("editAnyway")}
          </Button>
        </p>
      )}
      <div ref={box} aria-disabled={isLocked || undefined} className="flex min-h-0 min-w-0 flex-1 flex-col">
        {children}
      </div>
    </div>
  );
}

/** Those who were at the card when it was selected here and have not left it since. */
function useThereBefore(people: readonly Present[] | undefined, node: string | undefined): readonly Present[] {
  const [before, setBefore] = useState<{ node: string | undefined; ids: ReadonlySet<string> }>();
  const there = node === undefined ? [] : (people ?? []).filter((one) => one.node === node);
  if (people === undefined) return there;
  if (before === undefined || before.node !== node) {
    setBefore({ node, ids: new Set(there.map(({ person }) => person.id)) });
  } else {
    const left = there.filter(({ person }) => before.ids.has(person.id));
    if (left.length < before.ids.size) setBefore({ node, ids: new Set(left.map(({ person }) => person.id)) });
  }
  return there.filter(({ person }) => before?.node === node && before?.ids.has(person.id) === true);
}
