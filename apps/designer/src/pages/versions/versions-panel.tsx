import type { JSX } from "react";
import { useMay } from "../../app/session.ts";
import type { OpenDraft } from "../../draft/use-draft.ts";
import { useWords } from "../../words/use-words.tsx";
import { IfPublished } from "./if-published.tsx";
import type { Side } from "./search.ts";
import { Spine, type Version } from "./spine.tsx";
import type { Picked } from "./use-compared.ts";
import type { VersionActs } from "./use-version-actions.ts";
import { words } from "./words.ts";

export interface VersionsPanelProps {
  readonly shown: boolean;
  readonly versions: readonly Version[];
  readonly draft: OpenDraft;
  /** Whether the draft differs from the version it came from. */
  readonly changed: boolean;
  readonly picked: Picked;
  readonly acts: VersionActs;
  readonly onPick: (side: Side) => void;
  readonly onPoint: (side: Side) => void;
}

/** The left column. */
export function VersionsPanel(props: VersionsPanelProps): JSX.Element {
  const { shown, versions, draft, changed, picked, acts, onPick, onPoint } = props;
  const t = useWords(words);
  const mayEdit = useMay("draft.edit");
  const mayPublish = useMay("flow.publish");
  return (
    <aside
      aria-label={t("title")}
      data-shown={shown}
      className="flex w-full shrink-0 flex-col border-border bg-surface max-[899px]:hidden min-[900px]:w-[248px] min-[900px]:border-r min-[1280px]:w-[284px] max-[899px]:data-[shown=true]:flex"
    >
      <div className="flex flex-wrap items-baseline gap-x-2 px-3.5 pt-3 pb-2.5">
        <h2 className="flex-1 font-semibold">{t("title")}</h2>
        <span className="text-12 text-text-3" title={t("aAndB")}>
          {t("hint")}
        </span>
      </div>
      <Spine
        versions={versions}
        draft={draft}
        changed={changed}
        a={picked.a}
        b={picked.b}
        onPick={onPick}
        onPoint={onPoint}
        onExport={acts.onExport}
        onRestore={mayEdit ? acts.onRestore : undefined}
        onRollBack={mayPublish ? acts.onRollBack : undefined}
      />
      {(changed || versions.length === 0) && <IfPublished versions={versions} />}
    </aside>
  );
}
