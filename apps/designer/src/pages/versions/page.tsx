import { canonicalText } from "@holdfast/dsl";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useState, type JSX } from "react";
import { TopBar, usePageTitle } from "../../app/top-bar.tsx";
import { useMay } from "../../app/session.ts";
import { useDraft, type OpenDraft } from "../../draft/use-draft.ts";
import { useStore } from "zustand";
import { announce } from "../../keys/announce.ts";
import { useCommands } from "../../keys/use-commands.ts";
import { useTRPC } from "../../rpc/client.ts";
import { Segmented } from "../../ui/segmented.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { done } from "../../ui/toast.ts";
import { useWords } from "../../words/use-words.tsx";
import { withoutGroup, type ChangeGroup } from "../../versions/change-groups.ts";
import { PublishSheet } from "../../versions/publish-sheet.tsx";
import { FlowTop } from "../../versions/flow-top.tsx";
import { saveFile } from "../flows/save-file.ts";
import { readDocument } from "../run/document.ts";
import { ChangesPanel } from "./changes-panel.tsx";
import { DiffCanvas } from "./diff-canvas.tsx";
import { IfPublished } from "./if-published.tsx";
import { RollBackDialog } from "./roll-back-dialog.tsx";
import type { Side, VersionsSearch } from "./search.ts";
import { Spine, type Version } from "./spine.tsx";
import { VersionActions } from "./version-actions.tsx";
import { pick, pickedOf, useCompared, type Picked } from "./use-compared.ts";
import { words } from "./words.ts";

const route = getRouteApi("/signed-in/flows/$flow/versions");

/** Every version of a flow, and what differs between any two. */
export function VersionsPage(): JSX.Element {
  const t = useWords(words);
  const { flow } = route.useParams();
  const { draft, error, retry } = useDraft(flow);
  const trpc = useTRPC();
  const versions = useQuery(trpc.flows.versions.queryOptions({ id: flow }));
  usePageTitle(`${draft?.store.getState().flow.name ?? flow}: ${t("title")}`);
  if (draft !== undefined && versions.data !== undefined) {
    return <Opened key={flow} flow={flow} draft={draft} versions={versions.data} />;
  }
  const wrong = error ?? versions.error;
  return (
    <>
      <TopBar>
        <h1 className="truncate font-semibold">{flow}</h1>
      </TopBar>
      {wrong === null || wrong === undefined ? (
        <Waiting />
      ) : (
        <ErrorState
          title={t("couldNot")}
          error={wrong}
          retry={() => {
            retry();
            void versions.refetch();
          }}
        />
      )}
    </>
  );
}

interface OpenedProps {
  readonly flow: string;
  readonly draft: OpenDraft;
  readonly versions: readonly Version[];
}

function Opened({ flow, draft, versions }: OpenedProps): JSX.Element {
  const t = useWords(words);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const own = useStore(draft.store, (state) => state.flow);
  const changed = useMemo(
    () => draft.base === null || canonicalText(draft.base) !== canonicalText(own),
    [draft.base, own],
  );
  const picked = pickedOf(search, versions, { baseVersion: draft.baseVersion, changed });
  const documents = useCompared(flow, draft, picked);
  const [asked, setAsked] = useState<{ rollBack: number } | "publish">();
  const [part, setPart] = useState<"versions" | "canvas" | "changes">("versions");
  const [point, setPoint] = useState<Side>();
  const mayEdit = useMay("draft.edit");
  const mayPublish = useMay("flow.publish");
  const [focus, setFocus] = useState<{ id: string }>();
  const say = (next: Partial<VersionsSearch>): void =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  const compare = (next: Picked): void => say({ a: next.a, b: next.b, change: undefined });
  const show = (key: string | undefined): void => {
    const group = documents.groups.find((one) => one.key === key);
    say({ change: key });
    if (group?.node !== undefined) setFocus({ id: group.node });
  };
  const actions = useActions({ flow, draft, say: setAsked });
  useVersionKeys({ documents, current: search.change, show, picked, compare, point });
  const undo = (group: ChangeGroup): void => {
    const { compared } = documents;
    if (compared === undefined) return;
    draft.store.getState().run(t("undoLabel", { title: group.title }), (doc) => withoutGroup(doc, group, compared));
    const store = draft.store.getState();
    done(t("undone", { title: group.title }), { undo: () => store.undo() });
  };
  return (
    <>
      <FlowTop flow={flow} draft={draft} page="versions">
        <VersionActions picked={picked} versions={versions} {...actions} onPublish={() => setAsked("publish")} />
      </FlowTop>
      <Segmented
        className="m-2 self-center min-[900px]:hidden"
        label={t("parts")}
        value={part}
        onChange={setPart}
        options={[
          { value: "versions", label: t("showVersions") },
          { value: "canvas", label: t("showCanvas") },
          { value: "changes", label: t("showChanges"), badge: documents.groups.length },
        ]}
      />
      <div className="flex min-h-0 flex-1">
        <aside
          aria-label={t("title")}
          data-part={part}
          className="flex w-[284px] shrink-0 flex-col border-r border-border bg-surface max-xl:w-[248px] max-[899px]:hidden max-[899px]:w-full max-[899px]:border-r-0 max-[899px]:data-[part=versions]:flex"
        >
          <div className="flex items-baseline gap-2 px-3.5 pt-3 pb-2.5">
            <h2 className="flex-1 font-semibold">{t("title")}</h2>
            <span className="text-12 text-text-3" title={t("aAndB")}>
              {t("hint")}
            </span>
          </div>
          <Spine
            versions={versions}
            draft={draft}
            a={picked.a}
            b={picked.b}
            onPick={(side) => compare(pick(side, picked))}
            onPoint={setPoint}
            onExport={actions.onExport}
            onRestore={mayEdit ? actions.onRestore : undefined}
            onRollBack={mayPublish ? actions.onRollBack : undefined}
          />
          <IfPublished versions={versions} />
        </aside>
        <section
          data-part={part}
          className="relative min-w-0 flex-1 bg-canvas max-[899px]:hidden max-[899px]:data-[part=canvas]:block"
        >
          {documents.error === null || documents.error === undefined ? (
            <DiffCanvas
              documents={documents}
              selected={documents.groups.find(({ key }) => key === search.change)?.node}
              focus={focus}
              onSelect={(node) => {
                const group = documents.groups.find((one) => one.node === node);
                if (group?.key !== search.change) say({ change: group?.key });
              }}
            />
          ) : (
            <ErrorState title={t("couldNotDocument")} error={documents.error} retry={documents.retry} />
          )}
        </section>
        <aside
          aria-label={t("showChanges")}
          data-part={part}
          className="flex w-[392px] shrink-0 flex-col border-l border-border bg-surface max-xl:w-[320px] max-[899px]:hidden max-[899px]:w-full max-[899px]:border-l-0 max-[899px]:data-[part=changes]:flex"
        >
          {picked.a === undefined ? (
            <p className="px-4 py-3 text-text-2">{t("pickTwo")}</p>
          ) : (
            <ChangesPanel
              title={titleOf(picked, t)}
              groups={documents.groups}
              current={search.change}
              onCurrent={show}
              onNext={() => show(stepped(documents.groups, search.change, 1))}
              onUndo={mayEdit && picked.b === "draft" ? undo : undefined}
            />
          )}
        </aside>
      </div>
      {typeof asked === "object" && (
        <RollBackDialog
          flow={flow}
          version={asked.rollBack}
          versions={versions}
          onClose={() => setAsked(undefined)}
          onDone={() => void draft.reload()}
        />
      )}
      {asked === "publish" && (
        <PublishSheet
          flow={flow}
          draft={draft}
          onClose={() => setAsked(undefined)}
          onGoTo={(node) =>
            void navigate({ to: "/flows/$flow", params: { flow }, search: node === undefined ? {} : { node } })
          }
        />
      )}
    </>
  );
}

function titleOf({ a, b }: Picked, t: ReturnType<typeof useWords<keyof (typeof words)["en"]>>): string {
  const name = (side: Side | undefined): string =>
    side === "draft" || side === undefined ? t("draftOf") : t("versionOf", { version: side });
  const first = a === "draft" || a === undefined ? t("draft") : t("versionCap", { version: a });
  return t("changesTitle", { a: first, b: name(b) });
}

/** Round and round. */
function stepped(groups: readonly ChangeGroup[], current: string | undefined, by: 1 | -1): string | undefined {
  const at = groups.findIndex(({ key }) => key === current);
  if (at === -1) return (by === 1 ? groups[0] : groups.at(-1))?.key;
  return groups[(at + by + groups.length) % groups.length]?.key;
}

function useVersionKeys(props: {
  readonly documents: { readonly groups: readonly ChangeGroup[] };
  readonly current: string | undefined;
  readonly show: (key: string | undefined) => void;
  readonly picked: Picked;
  readonly compare: (picked: Picked) => void;
  readonly point: Side | undefined;
}): void {
  const t = useWords(words);
  const { documents, current, show, picked, compare, point } = props;
  const group = t("group");
  const step = (by: 1 | -1): void => {
    const key = stepped(documents.groups, current, by);
    show(key);
    const title = documents.groups.find((one) => one.key === key)?.title;
    if (title !== undefined) announce(title);
  };
  const has = (): boolean => documents.groups.length > 0;
  const pointed = (): boolean => point !== undefined;
  useCommands([
    { id: "versions.next", label: t("nextChange"), keys: "J", group, when: has, run: () => step(1) },
    { id: "versions.previous", label: t("previousChange"), keys: "K", group, when: has, run: () => step(-1) },
    {
      id: "versions.a",
      label: t("asA"),
      keys: "A",
      group,
      keysOnly: true,
      when: pointed,
      run: () => compare({ ...picked, a: point }),
    },
    {
      id: "versions.b",
      label: t("asB"),
      keys: "B",
      group,
      keysOnly: true,
      when: pointed,
      run: () => compare({ ...picked, b: point }),
    },
  ]);
}

/** What can be done with one version. */
function useActions({
  flow,
  draft,
  say,
}: {
  flow: string;
  draft: OpenDraft;
  say: (asked: { rollBack: number }) => void;
}): {
  readonly onExport: (side: Side) => void;
  readonly onRestore: (version: number) => void;
  readonly onRollBack: (version: number) => void;
} {
  const t = useWords(words);
  const trpc = useTRPC();
  const cache = useQueryClient();
  const documentOf = async (version: number) => {
    const options = trpc.flows.version.queryOptions({ id: flow, version }, { staleTime: Number.POSITIVE_INFINITY });
    return readDocument((await cache.fetchQuery(options)).document);
  };
  const { store } = draft;
  return {
    onExport: (side) => {
      if (side === "draft") {
        saveFile(`${flow}.flow.json`, canonicalText(store.getState().flow));
        return;
      }
      void documentOf(side).then((document) => saveFile(`${flow}.v${side}.flow.json`, canonicalText(document)));
    },
    onRestore: (version) =>
      void documentOf(version).then((document) => {
        const label = t("restored", { version });
        store.getState().run(label, (now) => ({ ...document, id: now.id }));
        done(label, { undo: () => store.getState().undo() });
      }),
    onRollBack: (version) => say({ rollBack: version }),
  };
}

function Waiting(): JSX.Element {
  return (
    <div className="hf-late flex min-h-0 flex-1">
      <div className="flex w-[284px] flex-col gap-6 border-r border-border bg-surface p-4 max-lg:hidden">
        {[0, 1, 2, 3].map((row) => (
          <Skeleton key={row} className="h-10 w-full" />
        ))}
      </div>
      <div className="flex flex-1 flex-col gap-8 p-8">
        {[0, 1, 2].map((card) => (
          <Skeleton key={card} className="h-[72px] w-72" />
        ))}
      </div>
    </div>
  );
}
