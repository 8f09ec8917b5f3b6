import { AlignCenterVertical, AlignStartHorizontal, AlignStartVertical, Trash2, WandSparkles } from "lucide-react";
import type { JSX } from "react";
import { align, distribute, tidy } from "../flow/arrange-cards.ts";
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

/** What can be done with several nodes at once. */
export function ManyPanel({ editor, ids }: ManyPanelProps): JSX.Element {
  const t = useWords(words);
  const { manifests, run } = editor;
  return (
    <>
      <Section title={t("chosen", { count: ids.length })}>
        <Button variant="danger" icon={Trash2} kbd="⌫" onClick={() => editor.remove(ids)}>
          {t("delete")}
        </Button>
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
