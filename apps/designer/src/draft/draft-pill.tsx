import { Check, PencilLine } from "lucide-react";
import { useMemo, type JSX } from "react";
import { useStore } from "zustand";
import { countChangedPlaces } from "@holdfast/dsl";
import { useSettled } from "../flow/use-settled.ts";
import { Pill } from "../ui/pill.tsx";
import { useWords } from "../words/use-words.tsx";
import { tabWords } from "./tab-words.ts";
import type { OpenDraft } from "./use-draft.ts";

/** Nobody reads it while typing, in milliseconds. */
const SETTLED = 300;

/** How far the draft has gone from what is published. */
export function DraftPill({ draft }: { readonly draft: OpenDraft }): JSX.Element {
  const t = useWords(tabWords);
  const flow = useSettled(
    useStore(draft.store, (state) => state.flow),
    SETTLED,
  );
  const { base, baseVersion } = draft;
  const count = useMemo(() => (base === null ? 0 : countChangedPlaces(base, flow)), [base, flow]);
  if (baseVersion === null) {
    return (
      <Pill tone="draft" icon={PencilLine} className="max-xl:hidden">
        {t("draftFirst")}
      </Pill>
    );
  }
  return count === 0 ? (
    <Pill tone="completed" icon={Check} className="max-xl:hidden">
      {t("live", { version: baseVersion })}
    </Pill>
  ) : (
    <Pill tone="draft" icon={PencilLine} className="max-xl:hidden">
      {t("draft", { count, version: baseVersion })}
    </Pill>
  );
}
