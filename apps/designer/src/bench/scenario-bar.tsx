import type { Scenario } from "@holdfast/dsl";
import { Check, Ellipsis, Play, X } from "lucide-react";
import { useState, type JSX } from "react";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Menu, type MenuItem } from "../ui/menu.tsx";
import { Select } from "../ui/select.tsx";
import { done } from "../ui/toast.ts";
import { useWords } from "../words/use-words.tsx";
import { NameDialog } from "./bench-dialogs.tsx";
import { freeName } from "./model/scenarios.ts";
import type { Bench } from "./use-bench.ts";
import { words } from "./words.ts";

const OWN = "own";

export interface ScenarioBarProps {
  readonly bench: Bench;
  readonly onSave: () => void;
  readonly onSaveAs: () => void;
}

/** Which scenario is played, and how all of them stand. */
export function ScenarioBar({ bench, onSave, onSaveAs }: ScenarioBarProps): JSX.Element {
  const t = useWords(words);
  const { flow, scenario, verdicts } = bench;
  const tests = flow.tests ?? [];
  const [renaming, setRenaming] = useState(false);
  const current = scenario === undefined ? undefined : tests[scenario];
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-border px-4 py-2.5">
      <div className="min-w-36 flex-1">
        <Select
          label={t("scenario")}
          className="font-semibold"
          value={current === undefined ? OWN : String(scenario)}
          onChange={(next) => bench.choose(next === OWN ? undefined : Number(next))}
          options={[
            ...tests.map(({ name }, at) => ({ value: String(at), label: name, icon: iconOf(verdicts?.[at]?.passed) })),
            { value: OWN, label: t("ownRun") },
          ]}
        />
      </div>
      <Verdicts bench={bench} />
      <Button size="sm" icon={Play} aria-label={t("runAllLong")} disabled={tests.length === 0} onClick={bench.rerun}>
        {t("runAll")}
      </Button>
      <Menu
        trigger={<IconButton icon={Ellipsis} label={t("more")} />}
        items={menuOf({ bench, current, onSave, onSaveAs, onRename: () => setRenaming(true), t })}
      />
      {renaming && current !== undefined && scenario !== undefined && (
        <NameDialog
          title={t("rename")}
          name={current.name}
          taken={tests.filter((one) => one !== current).map(({ name }) => name)}
          onClose={() => setRenaming(false)}
          onName={(name) => {
            bench.onTests(t("rename"), tests.with(scenario, { ...current, name }));
            setRenaming(false);
          }}
        />
      )}
    </div>
  );
}

const iconOf = (passed: boolean | undefined): typeof Check | undefined => {
  if (passed === undefined) return undefined;
  return passed ? Check : X;
};

function Verdicts({ bench }: { bench: Bench }): JSX.Element {
  const t = useWords(words);
  const { flow, verdicts, running } = bench;
  const count = flow.tests?.length ?? 0;
  const failed = (verdicts ?? []).filter(({ passed }) => !passed).length;
  if (count === 0) return <span className="text-12 text-text-3">{t("noScenarios")}</span>;
  if (verdicts === undefined || running) {
    return (
      <span role="status" className="text-12 text-text-2 tabular-nums">
        {t("runningAll", { done: verdicts?.length ?? 0, count })}
      </span>
    );
  }
  const [Icon, hue] = failed === 0 ? [Check, "text-completed-text"] : [X, "text-failed-text"];
  return (
    <span role="status" className={`inline-flex items-center gap-[5px] text-12 font-medium ${hue}`}>
      <Icon aria-hidden className="size-3.5" strokeWidth={1.75} />
      {failed === 0 ? t("allPass", { count }) : t("someFail", { failed, count })}
    </span>
  );
}

interface MenuParts extends ScenarioBarProps {
  readonly current: Scenario | undefined;
  readonly onRename: () => void;
  readonly t: ReturnType<typeof useWords<keyof (typeof words)["en"]>>;
}

function menuOf({ bench, current, onSave, onSaveAs, onRename, t }: MenuParts): MenuItem[] {
  const { flow, scenario } = bench;
  const tests = flow.tests ?? [];
  const always: MenuItem[] = [{ label: t("saveAs"), onSelect: onSaveAs }];
  if (current === undefined || scenario === undefined) return always;
  const remove = (): void => {
    bench.choose(undefined);
    bench.onTests(t("remove"), tests.toSpliced(scenario, 1));
    done(t("removed", { name: current.name }), { undo: () => bench.onTests(t("saveAs"), [...tests]) });
  };
  const copy = (): void => {
    const name = freeName(
      t("copyOf", { name: current.name }),
      tests.map((one) => one.name),
    );
    bench.onTests(t("duplicate"), tests.toSpliced(scenario + 1, 0, { ...current, name }));
  };
  return [
    { label: t("saveChanges"), onSelect: onSave },
    ...always,
    "separator",
    { label: t("rename"), onSelect: onRename },
    { label: t("duplicate"), onSelect: copy },
    { label: t("remove"), danger: true, onSelect: remove },
  ];
}
