import { Link, useNavigate } from "@tanstack/react-router";
import { Play, Redo2, Undo2, PencilLine, X } from "lucide-react";
import type { JSX, MouseEvent } from "react";
import { TopBar } from "../../app/top-bar.tsx";
import { useMay, useSession } from "../../app/session.ts";
import type { Saving } from "../../draft/use-draft.ts";
import { useFlow, useFlowStore } from "../../flow/flow-store-context.tsx";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/cx.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { Pill } from "../../ui/pill.tsx";
import { SEGMENT, SEGMENT_ON, SEGMENTS } from "../../ui/segmented.tsx";
import { useWords } from "../../words/use-words.tsx";
import { words } from "./words.ts";

export interface DesignerTopProps {
  readonly flow: string;
  readonly name: string;
  readonly baseVersion: number | null;
  readonly changes: number;
  readonly saving: Saving;
  readonly testing: boolean;
  readonly onTest: (open: boolean) => void;
  readonly onSettings: () => void;
  readonly onPublish: () => void;
}

export function DesignerTop(props: DesignerTopProps): JSX.Element {
  const { flow, name, baseVersion, changes, saving, testing, onTest, onSettings, onPublish } = props;
  const t = useWords(words);
  const { person } = useSession();
  const mayPublish = useMay("flow.publish");
  return (
    <TopBar>
      <nav aria-label={t("crumb")} className="flex min-w-0 items-center gap-2 text-text-3">
        <Link to="/flows" className="hover:text-text max-md:hidden">
          {t("flows")}
        </Link>
        <span aria-hidden className="max-md:hidden">
          /
        </span>
        <h1 className="truncate font-semibold text-text">{name}</h1>
      </nav>
      <Pill tone="draft" icon={PencilLine} className="max-xl:hidden">
        {baseVersion === null ? t("draftFirst") : t("draft", { count: changes, version: baseVersion })}
      </Pill>
      <span role="status" className="text-12 whitespace-nowrap text-text-3 max-lg:hidden">
        {t(saving)}
      </span>
      <span className="flex-1" />
      <PageTabs flow={flow} onSettings={onSettings} />
      <span className="flex-1" />
      <span className="max-lg:hidden" title={t("you", { name: person.name })}>
        <Avatar active name={person.name} />
      </span>
      <History />
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
    </TopBar>
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

/** The pages of one flow. */
function PageTabs({ flow, onSettings }: { flow: string; onSettings: () => void }): JSX.Element {
  const t = useWords(words);
  const navigate = useNavigate();
  const link = (href: string): { href: string; onClick: (event: MouseEvent) => void } => ({
    href,
    onClick: (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      void navigate({ href });
    },
  });
  return (
    <nav aria-label={t("pages")} className={cx(SEGMENTS, "max-lg:hidden")}>
      <a aria-current="page" className={cx(SEGMENT, SEGMENT_ON)} {...link(`/flows/${flow}`)}>
        {t("design")}
      </a>
      <a className={SEGMENT} {...link(`/runs?flow=${flow}`)}>
        {t("runs")}
      </a>
      <a className={SEGMENT} {...link(`/flows/${flow}/versions`)}>
        {t("versions")}
      </a>
      <button type="button" className={SEGMENT} onClick={onSettings}>
        {t("settings")}
      </button>
    </nav>
  );
}
