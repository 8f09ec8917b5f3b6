import { canonicalText, changesBetween, countChangedPlaces } from "@holdfast/dsl";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState, type JSX, type ReactNode } from "react";
import { useStore } from "zustand";
import { useMay } from "../../app/session.ts";
import type { OpenDraft } from "../../draft/use-draft.ts";
import { setFlow } from "../../flow/change-flow.ts";
import { useTRPC } from "../../rpc/client.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { explain } from "../../ui/problem.ts";
import { TextArea } from "../../ui/text-area.tsx";
import { TextInput } from "../../ui/text-input.tsx";
import { done, failed } from "../../ui/toast.ts";
import { useWords } from "../../words/use-words.tsx";
import { saveFile } from "../flows/save-file.ts";
import { ArchiveDialog, DiscardDialog } from "./dialogs.tsx";
import { ReplaceDialog } from "./replace-dialog.tsx";
import { words } from "./words.ts";

interface PartProps {
  readonly flow: string;
  readonly draft: OpenDraft;
}

function Part({ title, children }: { title: string; children: ReactNode }): JSX.Element {
  return (
    <section className="border-b border-border py-5 first:pt-0 last:border-b-0">
      <h2 className="mb-3 text-16 font-semibold tracking-[-.01em]">{title}</h2>
      {children}
    </section>
  );
}

function Row({ name, help, children }: { name: string; help: string; children: ReactNode }): JSX.Element {
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2 border-t border-border py-3 first-of-type:border-t-0">
      <div className="min-w-0 flex-1 basis-64">
        <h3 className="font-medium">{name}</h3>
        <p className="m-0 text-12 text-text-3">{help}</p>
      </div>
      {children}
    </div>
  );
}

export function About({ draft }: { draft: OpenDraft }): JSX.Element {
  const t = useWords(words);
  const mayEdit = useMay("draft.edit");
  const { store } = draft;
  const stored = useStore(store, (state) => state.flow.name);
  const description = useStore(store, (state) => state.flow.description);
  const [empty, setEmpty] = useState(false);
  return (
    <Part title={t("about")}>
      <Field label={t("name")} error={empty ? t("nameNeeded") : undefined}>
        <TextInput
          value={empty ? "" : stored}
          maxLength={200}
          disabled={!mayEdit}
          onChange={(name) => {
            setEmpty(name.trim() === "");
            if (name.trim() === "") return;
            store.getState().run(t("rename"), (flow) => setFlow(flow, { name }), { coalesce: "flow name" });
          }}
          onBlur={() => setEmpty(false)}
        />
      </Field>
      <Field label={t("description")} help={t("descriptionHelp")}>
        <TextArea
          value={description ?? ""}
          rows={3}
          maxLength={2000}
          disabled={!mayEdit}
          onChange={(text) =>
            void store
              .getState()
              .run(t("describe"), (flow) => setFlow(flow, { description: text === "" ? undefined : text }), {
                coalesce: "flow description",
              })
          }
        />
      </Field>
      <p className="mt-3 mb-0 text-12 text-text-3">{mayEdit ? t("savedInDraft") : t("noRight")}</p>
    </Part>
  );
}

export function Address({ flow, draft }: PartProps): JSX.Element {
  const t = useWords(words);
  const mayEdit = useMay("draft.edit");
  const [replacing, setReplacing] = useState(false);
  const link = new URL(`/flows/${flow}`, location.origin).href;
  return (
    <Part title={t("address")}>
      <Row name={t("link")} help={t("linkHelp")}>
        <Button onClick={() => void navigator.clipboard.writeText(link).then(() => done(t("copied")))}>
          {t("copy")}
        </Button>
      </Row>
      <Row name={t("exportLabel")} help={t("exportHelp")}>
        <Button onClick={() => saveFile(`${flow}.flow.json`, canonicalText(draft.store.getState().flow))}>
          {t("exportNow")}
        </Button>
      </Row>
      {mayEdit && (
        <Row name={t("replace")} help={t("replaceHelp")}>
          <Button onClick={() => setReplacing(true)}>{t("replaceNow")}</Button>
        </Row>
      )}
      {replacing && <ReplaceDialog draft={draft} onClose={() => setReplacing(false)} />}
    </Part>
  );
}

export function DraftPart({ flow, draft }: PartProps): JSX.Element {
  const t = useWords(words);
  const mayEdit = useMay("draft.edit");
  const [asking, setAsking] = useState(false);
  const own = useStore(draft.store, (state) => state.flow);
  const { base, baseVersion } = draft;
  // Cards that only moved are no changes that a version has, and are discarded as well.
  const same = useMemo(() => base === null || changesBetween(base, own).length === 0, [base, own]);
  const count = useMemo(() => (base === null ? 0 : countChangedPlaces(base, own)), [base, own]);
  const help = ((): string => {
    if (baseVersion === null) return t("discardNone");
    return t(same ? "discardSame" : "discardHelp", { version: baseVersion });
  })();
  return (
    <Part title={t("draft")}>
      <Row name={t("discard")} help={mayEdit ? help : t("noRight")}>
        <Button variant="danger" disabled={!mayEdit || same} onClick={() => setAsking(true)}>
          {t("discardNow")}
        </Button>
      </Row>
      {asking && baseVersion !== null && (
        <DiscardDialog flow={flow} draft={draft} count={count} version={baseVersion} onClose={() => setAsking(false)} />
      )}
    </Part>
  );
}

export function Archive({ flow, draft }: PartProps): JSX.Element {
  const t = useWords(words);
  const trpc = useTRPC();
  const cache = useQueryClient();
  const mayPublish = useMay("flow.publish");
  const name = useStore(draft.store, (state) => state.flow.name);
  const [asking, setAsking] = useState(false);
  const { data } = useQuery(trpc.flows.get.queryOptions({ id: flow }));
  const restore = useMutation(
    trpc.flows.restore.mutationOptions({
      onSuccess: () => {
        done(t("restored", { name }));
        void cache.invalidateQueries(trpc.flows.pathFilter());
      },
      onError: (error) => failed(explain(error).what),
    }),
  );
  return (
    <Part title={t("danger")}>
      {data?.archived === true ? (
        <Row name={t("isArchived")} help={t("archiveHelp")}>
          <Button disabled={!mayPublish || restore.isPending} onClick={() => restore.mutate({ id: flow })}>
            {t("restore")}
          </Button>
        </Row>
      ) : (
        <Row name={t("archive")} help={mayPublish ? t("archiveHelp") : t("noRight")}>
          <Button variant="danger" disabled={!mayPublish} onClick={() => setAsking(true)}>
            {t("archiveNow")}
          </Button>
        </Row>
      )}
      {asking && (
        <ArchiveDialog flow={flow} name={name} waiting={data?.counts.waiting ?? 0} onClose={() => setAsking(false)} />
      )}
    </Part>
  );
}
