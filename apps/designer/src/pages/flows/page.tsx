import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Plus, Search, Upload } from "lucide-react";
import { lazy, Suspense, useRef, useState, type JSX } from "react";
import { useMay } from "../../app/session.ts";
import { PageTop } from "../../app/top-bar.tsx";
import { useCommands } from "../../keys/use-commands.ts";
import { Button } from "../../ui/button.tsx";
import { TextInput } from "../../ui/text-input.tsx";
import { Tooltip } from "../../ui/tooltip.tsx";
import { useWords } from "../../words/use-words.tsx";
import { Drop } from "./drop.tsx";
import { FlowList } from "./flow-list.tsx";
import type { Beginning } from "./new-flow-dialog.tsx";
import { type FlowsSearch, withText } from "./search.ts";
import { words } from "./words.ts";

const NewFlowDialog = lazy(async () => ({ default: (await import("./new-flow-dialog.tsx")).NewFlowDialog }));

const route = getRouteApi("/signed-in/flows");

interface Beginnings {
  readonly from: Beginning;
  readonly text?: string;
}

export function FlowsPage(): JSX.Element {
  const t = useWords(words);
  const search = route.useSearch();
  const navigate = useNavigate();
  const mayEdit = useMay("draft.edit");
  const field = useRef<HTMLInputElement>(null);
  const [begin, setBegin] = useState<Beginnings>();
  const change = (next: FlowsSearch): void => void navigate({ to: "/flows", search: next, replace: true });
  useCommands([
    {
      id: "flows.new",
      label: t("new"),
      keys: "N",
      group: t("groupFlows"),
      when: () => mayEdit,
      run: () => setBegin({ from: "blank" }),
    },
    {
      id: "flows.import",
      label: t("import"),
      group: t("groupFlows"),
      when: () => mayEdit,
      run: () => setBegin({ from: "bring" }),
    },
    {
      id: "search",
      label: t("search"),
      keys: "/",
      group: t("groupFlows"),
      keysOnly: true,
      run: () => field.current?.focus(),
    },
  ]);
  return (
    <Drop enabled={mayEdit} onText={(text) => setBegin({ from: "bring", text })}>
      <PageTop title={search.archived === true ? t("archivedTitle") : t("title")}>
        <div className="w-full max-w-[280px] min-w-0 max-sm:order-last max-sm:max-w-none">
          <TextInput
            ref={field}
            type="search"
            icon={Search}
            kbd="/"
            aria-label={t("search")}
            placeholder={t("search")}
            value={search.q ?? ""}
            onChange={(q) => change(withText(search, q))}
          />
        </div>
        <Begin mayEdit={mayEdit} onBegin={(from) => setBegin({ from })} />
      </PageTop>
      <FlowList search={search} onSearch={change} onBegin={(from) => setBegin({ from })} />
      {begin !== undefined && (
        <Suspense>
          <NewFlowDialog {...begin} onClose={() => setBegin(undefined)} />
        </Suspense>
      )}
    </Drop>
  );
}

function Begin({ mayEdit, onBegin }: { mayEdit: boolean; onBegin: (from: Beginning) => void }): JSX.Element {
  const t = useWords(words);
  const buttons = (
    <span className="flex shrink-0 gap-2.5">
      <Button icon={Upload} disabled={!mayEdit} onClick={() => onBegin("bring")} className="max-md:hidden">
        {t("import")}
      </Button>
      <Button variant="primary" icon={Plus} kbd="N" disabled={!mayEdit} onClick={() => onBegin("blank")}>
        {t("new")}
      </Button>
    </span>
  );
  return mayEdit ? buttons : <Tooltip text={t("needsAnalyst")}>{buttons}</Tooltip>;
}
