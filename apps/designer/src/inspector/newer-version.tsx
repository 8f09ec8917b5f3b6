import { validateFlow, type FlowDocument, type JsonObject, type NodeManifest } from "@holdfast/dsl";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useMemo, useState, type JSX } from "react";
import { localManifest } from "../canvas/node-words.ts";
import { spokenIn } from "../flow/manifests.ts";
import { newerOf, paramsOf, withVersion, type Newer } from "../flow/newer-version.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { explain } from "../ui/problem.ts";
import { useWords } from "../words/use-words.tsx";
import { changeGroups } from "../versions/change-groups.ts";
import { ChangeRows } from "../versions/change-list.tsx";
import type { FlowEditor } from "./flow-editor.ts";
import { words } from "./words.ts";

export interface NewerVersionProps {
  readonly editor: FlowEditor;
  /** Of the node that is looked at. */
  readonly type: string;
}

/** Where the flow keeps to an older version of a node type: what the newer one would change, and taking it. */
export function NewerVersion({ editor, type }: NewerVersionProps): JSX.Element | null {
  const t = useWords(words);
  const [open, setOpen] = useState(false);
  const newer = newerOf(editor.flow, editor.manifests, type);
  if (newer === undefined || editor.migrate === undefined) return null;
  const { from, manifest } = newer;
  return (
    <section aria-label={t("newer")} className="border-y border-border bg-surface-sunken px-4 py-2.5">
      <p className="font-medium">{t("newer")}</p>
      <p className="mt-0.5 mb-2 text-12 text-text-2">{t("newerText", { from, to: manifest.version })}</p>
      <Button size="sm" onClick={() => setOpen(true)}>
        {t("newerSee")}
      </Button>
      {open && <Preview editor={editor} newer={newer} migrate={editor.migrate} onClose={() => setOpen(false)} />}
    </section>
  );
}

interface PreviewProps {
  readonly editor: FlowEditor;
  readonly newer: Newer;
  readonly migrate: NonNullable<FlowEditor["migrate"]>;
  readonly onClose: () => void;
}

const NO_PARAMS: Readonly<Record<string, JsonObject>> = {};

/** The settings before and after, and what is left to fill in. Nothing is changed before it is wanted. */
function Preview({ editor, newer, migrate, onClose }: PreviewProps): JSX.Element {
  const t = useWords(words);
  const { flow, manifests } = editor;
  const { type, from, manifest } = newer;
  const to = manifest.version;
  const title = localManifest(manifest, t.language).title;
  const asked = useMutation({ mutationFn: () => migrate({ type, from, params: paramsOf(flow, manifests, type) }) });
  const { mutate } = asked;
  useEffect(() => mutate(), [mutate]);
  const params = asked.data?.params;
  const next = useMemo(
    () => (params === undefined ? undefined : withVersion(flow, { type, version: to }, params)),
    [flow, type, to, params],
  );
  const use = (changed: Readonly<Record<string, JsonObject>>): void => {
    editor.run(t("newerDone", { title, to }), (now) => withVersion(now, { type, version: to }, changed));
    onClose();
  };
  return (
    <Dialog
      open
      size="md"
      onClose={onClose}
      title={t("newerDialog", { title, from, to })}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          {asked.error !== null && <Button onClick={() => use(NO_PARAMS)}>{t("newerAnyway", { to })}</Button>}
          {asked.error === null && (
            <Button variant="primary" disabled={next === undefined} onClick={() => use(params ?? NO_PARAMS)}>
              {t("newerUse", { to })}
            </Button>
          )}
        </>
      }
    >
      {asked.error !== null && (
        <p role="alert" className="text-failed-text">
          {explain(asked.error).what}
        </p>
      )}
      {next !== undefined && <Changes before={flow} after={next} manifests={manifests} />}
      <p className="mt-3 text-12 text-text-2">{t("newerRuns")}</p>
    </Dialog>
  );
}

interface ChangesProps {
  readonly before: FlowDocument;
  readonly after: FlowDocument;
  readonly manifests: readonly NodeManifest[];
}

function Changes({ before, after, manifests }: ChangesProps): JSX.Element {
  const t = useWords(words);
  const groups = changeGroups({ before, after, manifests: spokenIn(after, manifests), language: t.language }).filter(
    ({ node }) => node !== undefined,
  );
  const left = errorsIn(after, manifests) - errorsIn(before, manifests);
  return (
    <>
      {groups.length === 0 && <p>{t("newerSame")}</p>}
      <ul className="flex flex-col gap-3">
        {groups.map((group) => (
          <li key={group.key}>
            <p className="font-semibold">{group.title}</p>
            <ChangeRows group={group} />
          </li>
        ))}
      </ul>
      {left > 0 && <p className="mt-3 text-waiting-text">{t("newerLeft", { n: left })}</p>}
    </>
  );
}

const errorsIn = (flow: FlowDocument, manifests: readonly NodeManifest[]): number =>
  validateFlow(flow, manifests).issues.filter(({ severity }) => severity === "error").length;
