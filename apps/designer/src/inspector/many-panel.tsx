import type { FlowDocument } from "@holdfast/dsl";
import { AlignCenterVertical, AlignStartHorizontal, AlignStartVertical, Trash2, WandSparkles } from "lucide-react";
import { useCallback, useMemo, type JSX } from "react";
import { align, distribute, tidy } from "../flow/arrange-cards.ts";
import { whatBreaks, whatBreaksAside } from "../flow/breaks.ts";
import { isQuick } from "../flow/checking.ts";
import { deleteNodes } from "../flow/delete-nodes.ts";
import { useAside } from "../flow/use-aside.ts";
import { Button } from "../ui/button.tsx";
import { Section } from "../ui/section.tsx";
import { useWords } from "../words/use-words.tsx";
import type { FlowEditor } from "./flow-editor.ts";
import { words } from "./words.ts";

export interface ManyPanelProps {
  readonly editor: FlowEditor;
  readonly ids: readonly string[];
}

const SIDES = [
  { side: "left", word: "alignLeft", icon: AlignStartVertical },
  { side: "center", word: "alignCenter", icon: AlignCenterVertical },
  { side: "top", word: "alignTop", icon: AlignStartHorizontal },
] as const;

/** How many issues it would cause to delete the nodes; of a large flow a moment later, so that nobody waits for it. */
function useBroken({ flow, manifests }: FlowEditor, ids: readonly string[]): number {
  const names = ids.join(" ");
  const isNow = isQuick(flow);
  const change = useCallback(
    (current: FlowDocument) => deleteNodes(current, names.split(" "), { heal: true }),
    [names],
  );
  const now = useMemo(() => (isNow ? whatBreaks(flow, manifests, change).length : 0), [isNow, flow, manifests, change]);
  const ask = useCallback(
    async () => (await whatBreaksAside(flow, manifests, change)).length,
    [flow, manifests, change],
  );
  const later = useAside(isNow ? undefined : ask, 0);
  return isNow ? now : later;
}

/** What can be done with several nodes at once. */
export function ManyPanel({ editor, ids }: ManyPanelProps): JSX.Element {
  const t = useWords(words);
  const { manifests, run } = editor;
  const broken = useBroken(editor, ids);
  return (
    <>
      <Section title={t("chosen", { count: ids.length })}>
        <Button
          variant="danger"
          icon={Trash2}
          kbd="⌫"
          onClick={() => run(t("delete"), (current) => deleteNodes(current, ids, { heal: true }))}
        >
          {t("delete")}
        </Button>
        {broken > 0 && <p className="mt-2 text-12 text-waiting-text">{t("deleteBreaks", { count: broken })}</p>}
      </Section>
      <Section title={t("align")}>
        <div className="flex flex-wrap gap-2">
          {SIDES.map(({ side, word, icon }) => (
            <Button
              key={side}
              icon={icon}
              onClick={() => run(t("align"), (current) => align(current, manifests, ids, side))}
            >
              {t(word)}
            </Button>
          ))}
        </div>
      </Section>
      <Section title={t("distribute")}>
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => run(t("distribute"), (current) => distribute(current, manifests, ids, "x"))}>
            {t("across")}
          </Button>
          <Button onClick={() => run(t("distribute"), (current) => distribute(current, manifests, ids, "y"))}>
            {t("down")}
          </Button>
          <Button
            icon={WandSparkles}
            kbd="⇧L"
            onClick={() => run(t("tidy"), (current) => tidy(current, manifests, ids))}
          >
            {t("tidy")}
          </Button>
        </div>
      </Section>
    </>
  );
}
