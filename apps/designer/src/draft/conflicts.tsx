import { GitCompareArrows } from "lucide-react";
import type { JSX } from "react";
import type { Json } from "@holdfast/dsl";
import { Button } from "../ui/button.tsx";
import { useWords } from "../words/use-words.tsx";
import { PlaceName } from "../versions/place-name.tsx";
import { valueText } from "../versions/value-text.ts";
import type { Conflict } from "./draft-sync.ts";
import type { OpenDraft } from "./use-draft.ts";
import { words } from "./words.ts";

/** What two people changed at once: what stands there now is theirs, one's own value is kept beside it. */
export function Conflicts({ draft }: { readonly draft: OpenDraft }): JSX.Element | null {
  const t = useWords(words);
  const { conflicts } = draft;
  if (conflicts.length === 0) return null;
  return (
    <section
      role="alert"
      className="flex max-h-64 flex-col overflow-y-auto rounded-md border border-waiting bg-surface-raised shadow-float"
    >
      <h2 className="flex items-center gap-2 px-3 pt-2 text-12 font-semibold text-waiting-text">
        <GitCompareArrows aria-hidden className="size-3.5" strokeWidth={1.75} />
        {t("conflictTitle", { count: conflicts.length })}
      </h2>
      <ul className="m-0 list-none p-0">
        {conflicts.map((conflict) => (
          <li
            key={conflict.path.join("/")}
            className="flex flex-col gap-1.5 border-b border-border px-3 py-2 last:border-b-0"
          >
            <ConflictText conflict={conflict} draft={draft} />
            <div className="flex gap-2">
              <Button size="sm" onClick={() => draft.settle(conflict, "mine")}>
                {t("useMine")}
              </Button>
              <Button size="sm" onClick={() => draft.settle(conflict, "theirs")}>
                {t("keepTheirs")}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ConflictText({ conflict, draft }: { conflict: Conflict; draft: OpenDraft }): JSX.Element {
  const t = useWords(words);
  const { by, path } = conflict;
  const name = (by === undefined ? undefined : draft.nameOf(by.id)) ?? t("somebody");
  const place = <PlaceName path={path} flow={draft.store.getState().flow} />;
  const value = (json: Json | undefined): string => (json === undefined ? t("removed") : valueText(json, t.language));
  return (
    <>
      <p className="m-0 text-12 text-text-2">
        {t.rich(conflict.theirs === undefined ? "conflictGone" : "conflictBy", {
          name,
          place,
          b: (parts) => <b className="font-medium text-text">{parts}</b>,
        })}
      </p>
      <dl className="m-0 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-12">
        <dt className="text-text-3">{t("mine")}</dt>
        <dd className="m-0 line-clamp-3 break-words">{value(conflict.mine)}</dd>
        <dt className="text-text-3">{t("theirs")}</dt>
        <dd className="m-0 line-clamp-3 break-words">{value(conflict.theirs)}</dd>
      </dl>
    </>
  );
}
