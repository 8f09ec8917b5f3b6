import { Plus, X } from "lucide-react";
import type { JSX } from "react";
import type { TypeEnv } from "@holdfast/dsl";
import type { OutputItem } from "../expression-field/outputs-tree.ts";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { useWords } from "../words/use-words.tsx";
import { addRow, setRow } from "./change-rows.ts";
import { ConditionRow } from "./condition-row.tsx";
import type { Group } from "./rows.ts";
import { words } from "./words.ts";

export interface ConditionGroupProps {
  readonly group: Group;
  readonly onChange: (group: Group) => void;
  readonly onRemove?: (() => void) | undefined;
  readonly env: TypeEnv;
  readonly items: readonly OutputItem[];
  readonly depth?: number | undefined;
}

/** Deeper than this nobody reads rows. */
const DEEPEST = 3;

/** Rows joined by "and" or "or"; a group within is indented. */
export function ConditionGroup(props: ConditionGroupProps): JSX.Element {
  const { group, onChange, onRemove, env, items, depth = 0 } = props;
  const t = useWords(words);
  return (
    <div
      className="@container flex min-w-0 flex-col gap-1.5"
      role="group"
      aria-label={`${t("joinedBy")} ${t(group.join)}`}
    >
      {group.rows.map((row, index) => {
        const key = `${index} of ${group.rows.length}`;
        const join = index === 0 ? "" : <Join group={group} onChange={onChange} first={index === 1} />;
        if (row.kind === "row") {
          return (
            <ConditionRow
              key={key}
              row={row}
              join={join}
              env={env}
              items={items}
              onChange={(next) => onChange(setRow(group, [index], next))}
              onRemove={() => onChange(setRow(group, [index], undefined))}
            />
          );
        }
        return (
          <div key={key} className="flex min-w-0 flex-col gap-1.5">
            {index > 0 && <div className="text-12 text-text-2">{join}</div>}
            <div className="ml-4 border-l border-border-strong pl-2">
              <ConditionGroup
                group={row}
                env={env}
                items={items}
                depth={depth + 1}
                onChange={(next) => onChange(setRow(group, [index], next))}
                onRemove={() => onChange(setRow(group, [index], undefined))}
              />
            </div>
          </div>
        );
      })}
      <div className="flex items-center gap-1">
        <Button size="sm" variant="ghost" icon={Plus} onClick={() => onChange(addRow(group, [], "row"))}>
          {t("addCondition")}
        </Button>
        {depth < DEEPEST && group.rows.length > 0 && (
          <Button size="sm" variant="ghost" icon={Plus} onClick={() => onChange(addRow(group, [], "group"))}>
            {t("addGroup")}
          </Button>
        )}
        {onRemove !== undefined && (
          <IconButton icon={X} size="sm" label={t("removeGroup")} onClick={onRemove} className="ml-auto" />
        )}
      </div>
    </div>
  );
}

interface JoinProps {
  readonly group: Group;
  readonly onChange: (group: Group) => void;
  /** Said once as a choice, then as a word. */
  readonly first: boolean;
}

function Join({ group, onChange, first }: JoinProps): JSX.Element {
  const t = useWords(words);
  if (!first) return <span>{t(group.join)}</span>;
  return (
    <button
      type="button"
      aria-label={`${t("joinedBy")} ${t(group.join)}`}
      className="rounded-xs text-12 text-text-2 underline decoration-dotted underline-offset-2 hover:text-text"
      onClick={() => onChange({ ...group, join: group.join === "and" ? "or" : "and" })}
    >
      {t(group.join)}
    </button>
  );
}
