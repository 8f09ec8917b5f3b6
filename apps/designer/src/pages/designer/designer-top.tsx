import { Braces, Play, Redo2, Undo2, X } from "lucide-react";
import type { JSX } from "react";
import { useMay } from "../../app/session.ts";
import { People } from "../../draft/people.tsx";
import type { OpenDraft } from "../../draft/use-draft.ts";
import { useFlow, useFlowStore } from "../../flow/flow-store-context.tsx";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { useWords } from "../../words/use-words.tsx";
import { FlowTop } from "../../versions/flow-top.tsx";
import { words } from "./words.ts";

export interface DesignerTopProps {
  readonly flow: string;
  readonly draft: OpenDraft;
  readonly testing: boolean;
  readonly onTest: (open: boolean) => void;
  readonly code: boolean;
  readonly onCode: (open: boolean) => void;
  readonly onPublish: () => void;
}

export function DesignerTop(props: DesignerTopProps): JSX.Element {
  const { flow, draft, testing, onTest, code, onCode, onPublish } = props;
  const t = useWords(words);
  const mayPublish = useMay("flow.publish");
  return (
    <FlowTop flow={flow} draft={draft} page="design">
      <People draft={draft} />
      <History />
      <IconButton
        icon={Braces}
        label={t(code ? "asDrawing" : "asCode")}
        pressed={code}
        className="max-sm:hidden"
        onClick={() => onCode(!code)}
      />
      <Button
        icon={testing ? X : Play}
        kbd={testing ? "Esc" : "⌘↵"}
        data-tour="run"
        onClick={() => onTest(!testing)}
        className="max-md:px-2 [&_kbd]:max-xl:hidden"
      >
        <span className="max-md:sr-only">{t(testing ? "leaveTest" : "test")}</span>
      </Button>
      <Button
        variant="primary"
        disabled={!mayPublish}
        title={mayPublish ? undefined : t("publishNoRight")}
        data-tour="publish"
        onClick={onPublish}
      >
        {t("publish")}
      </Button>
    </FlowTop>
  );
}

function History(): JSX.Element {
  const t = useWords(words);
  const store = useFlowStore();
  const undoLabel = useFlow((state) => state.undoLabel);
  const redoLabel = useFlow((state) => state.redoLabel);
  return (
    <span className="flex gap-0.5 max-sm:hidden">
      <IconButton
        icon={Undo2}
        kbd="⌘Z"
        disabled={undoLabel === undefined}
        label={undoLabel === undefined ? t("undoNothing") : t("undo", { what: undoLabel })}
        onClick={() => store.getState().undo()}
      />
      <IconButton
        icon={Redo2}
        kbd="⇧⌘Z"
        disabled={redoLabel === undefined}
        label={redoLabel === undefined ? t("redoNothing") : t("redo", { what: redoLabel })}
        onClick={() => store.getState().redo()}
      />
    </span>
  );
}
