import { isJsonObject } from "@holdfast/dsl";
import type { Json, JsonObject } from "@holdfast/dsl";
import { ChevronDown, FlaskConical } from "lucide-react";
import { useState, type JSX } from "react";
import type { Sample } from "../expression-field/sample.ts";
import { JsonInput } from "../fields/json-input.tsx";
import { Button } from "../ui/button.tsx";
import { CONTROL, CONTROL_SIZE } from "../ui/control.ts";
import { cx } from "../ui/cx.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Menu } from "../ui/menu.tsx";
import { useNow } from "../ui/now.ts";
import { relativeText } from "../ui/time.ts";
import { useWords } from "../words/use-words.tsx";
import { useSampleName } from "./sample-name.ts";
import { words } from "./words.ts";

export interface SampleFooterProps {
  readonly samples: readonly Sample[];
  readonly chosen: Sample | undefined;
  readonly onChoose: (id: string) => void;
  /** Values to begin with when they are entered by hand. */
  readonly begin: () => JsonObject;
  readonly onEnter: (roots: JsonObject) => void;
}

/** "Values from run 4F9K2, yesterday 16:20": whose values the fields show. */
export function SampleFooter({ samples, chosen, onChoose, begin, onEnter }: SampleFooterProps): JSX.Element {
  const t = useWords(words);
  const now = useNow();
  const sampleName = useSampleName();
  const [entering, setEntering] = useState(false);
  const when = ({ at }: Sample): string => (at === undefined ? "" : relativeText(at, now, t.language));
  const trigger = (
    <button
      type="button"
      className={cx(CONTROL, CONTROL_SIZE.sm, "flex w-auto max-w-full items-center gap-1.5 pointer-coarse:min-h-11")}
    >
      <span className="truncate">{chosen === undefined ? t("noValues") : sampleName(chosen)}</span>
      {chosen?.at !== undefined && <span className="shrink-0 text-text-3">{when(chosen)}</span>}
      <ChevronDown aria-hidden className="size-3 shrink-0 text-text-3" strokeWidth={1.75} />
    </button>
  );
  return (
    <footer className="flex items-center gap-2 border-t border-border bg-surface-sunken px-4 py-2.5">
      <FlaskConical aria-hidden className="size-3.5 shrink-0 text-text-2" strokeWidth={1.75} />
      <span className="shrink-0 text-12 text-text-2">{t("valuesFrom")}</span>
      <Menu
        trigger={trigger}
        side="top"
        align="start"
        items={[
          ...samples.map((sample) => ({
            label: [sampleName(sample), when(sample)].filter((part) => part !== "").join(", "),
            checked: sample.id === chosen?.id,
            onSelect: () => onChoose(sample.id),
          })),
          ...(samples.length > 0 ? ["separator" as const] : []),
          { label: t("editByHand"), onSelect: () => setEntering(true) },
        ]}
      />
      {entering && (
        <HandDialog
          begin={begin()}
          onClose={() => setEntering(false)}
          onDone={(roots) => {
            setEntering(false);
            onEnter(roots);
          }}
        />
      )}
    </footer>
  );
}

interface HandDialogProps {
  readonly begin: JsonObject;
  readonly onClose: () => void;
  readonly onDone: (roots: JsonObject) => void;
}

function HandDialog({ begin, onClose, onDone }: HandDialogProps): JSX.Element {
  const t = useWords(words);
  const [value, setValue] = useState<Json | undefined>(begin);
  return (
    <Dialog
      open
      size="md"
      onClose={onClose}
      title={t("byHandTitle")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button variant="primary" onClick={() => onDone(isJsonObject(value) ? value : {})}>
            {t("done")}
          </Button>
        </>
      }
    >
      <p className="mb-2 text-12 text-text-2">{t("byHandHelp")}</p>
      <JsonInput label={t("byHandTitle")} value={value} onChange={setValue} />
    </Dialog>
  );
}
