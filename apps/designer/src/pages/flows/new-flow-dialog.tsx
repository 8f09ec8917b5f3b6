import type { JsonObject } from "@holdfast/dsl";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { TriangleAlert, Upload } from "lucide-react";
import { useMemo, useRef, useState, type JSX, type RefObject } from "react";
import { useTRPC } from "../../rpc/client.ts";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/cx.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { explain } from "../../ui/problem.ts";
import { Segmented } from "../../ui/segmented.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextInput } from "../../ui/text-input.tsx";
import { useWords } from "../../words/use-words.tsx";
import { patternDocument, PATTERNS } from "./patterns.ts";
import { type Imported, readImport } from "./read-import.ts";
import { words } from "./words.ts";

export type Beginning = "blank" | "pattern" | "bring";

export interface NewFlowDialogProps {
  readonly from: Beginning;
  /** Text that was dropped on the page. */
  readonly text?: string | undefined;
  readonly onClose: () => void;
}

/** What will be sent. */
type Wanted = { readonly name: string } | { readonly document: JsonObject };

function useCreate(onClose: () => void): {
  readonly create: (wanted: Wanted | Promise<Wanted>) => void;
  readonly busy: boolean;
  readonly error: unknown;
} {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [loadError, setLoadError] = useState<unknown>();
  const mutation = useMutation(
    trpc.flows.create.mutationOptions({
      onSuccess: async ({ id }) => {
        void queries.invalidateQueries(trpc.flows.pathFilter());
        onClose();
        await navigate({ href: `/flows/${id}` });
      },
    }),
  );
  const create = async (wanted: Wanted | Promise<Wanted>): Promise<void> => {
    try {
      mutation.mutate(await wanted);
    } catch (error) {
      setLoadError(error);
    }
  };
  return { create: (wanted) => void create(wanted), busy: mutation.isPending, error: mutation.error ?? loadError };
}

/** New flow: from nothing, from one that works, from JSON. */
export function NewFlowDialog({ from, text: dropped = "", onClose }: NewFlowDialogProps): JSX.Element {
  const t = useWords(words);
  const [way, setWay] = useState(from);
  const [name, setName] = useState("");
  const [file, setFile] = useState(PATTERNS[0]?.file ?? "");
  const [text, setText] = useState(dropped);
  const { create, busy, error } = useCreate(onClose);
  const first = useRef<HTMLInputElement>(null);
  const imported = useMemo(() => (text.trim() === "" ? undefined : readImport(text, t("fromNodes"))), [text, t]);
  const ready = { blank: name.trim() !== "", pattern: file !== "", bring: imported?.kind === "flow" }[way];
  const submit = (event: { preventDefault(): void }): void => {
    event.preventDefault();
    if (!ready || busy) return;
    if (way === "blank") create({ name: name.trim() });
    if (way === "pattern") create(patternDocument(file, t.language).then((document) => ({ document })));
    if (way === "bring" && imported?.kind === "flow") create({ document: imported.document });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("newTitle")}
      size="md"
      initialFocus={from === "blank" ? first : undefined}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button variant="primary" type="submit" form="new-flow" disabled={!ready || busy}>
            {busy ? t("creating") : t("create")}
          </Button>
        </>
      }
    >
      <form id="new-flow" onSubmit={submit} className="flex flex-col gap-4">
        <Segmented
          label={t("how")}
          value={way}
          onChange={setWay}
          className="self-start max-sm:flex-wrap"
          options={[
            { value: "blank", label: t("blank") },
            { value: "pattern", label: t("pattern") },
            { value: "bring", label: t("bring") },
          ]}
        />
        {way === "blank" && (
          <Field label={t("name")} help={t("nameHelp")}>
            <TextInput ref={first} size="lg" value={name} onChange={setName} maxLength={200} autoComplete="off" />
          </Field>
        )}
        {way === "pattern" && <Patterns chosen={file} onChoose={setFile} />}
        {way === "bring" && <Bring text={text} onText={setText} imported={imported} />}
        {error !== null && error !== undefined && <Wrong text={explain(error).what} />}
      </form>
    </Dialog>
  );
}

function Wrong({ text }: { text: string }): JSX.Element {
  return (
    <p role="alert" className="flex gap-1.5 text-12 text-failed-text">
      <TriangleAlert aria-hidden className="mt-0.5 size-3 shrink-0" strokeWidth={1.75} />
      <span className="min-w-0 break-words">{text}</span>
    </p>
  );
}

function Patterns({ chosen, onChoose }: { chosen: string; onChoose: (file: string) => void }): JSX.Element {
  const t = useWords(words);
  return (
    <fieldset>
      <legend className="mb-2 text-12 text-text-3">{t("choosePattern")}</legend>
      <div className="max-h-[46vh] overflow-y-auto rounded-md border border-border-strong">
        {PATTERNS.map(({ file, name, text }) => (
          <label
            key={file}
            className={cx(
              "flex gap-2.5 border-b border-border px-3 py-2 last:border-b-0 has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-focus",
              file === chosen ? "bg-accent-soft" : "hover:bg-surface-hover",
            )}
          >
            <input
              type="radio"
              name="pattern"
              value={file}
              checked={file === chosen}
              onChange={() => onChoose(file)}
              className="mt-[3px] size-3.5 shrink-0 accent-accent outline-none"
            />
            <span>
              <span className="block font-medium">{t(name)}</span>
              <span className="block text-12 text-text-2">{t(text)}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface BringProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly imported: Imported | undefined;
}

/** Bytes that a document may have. */
const LIMIT = 4 * 1024 * 1024;

export function Bring({ text, onText, imported }: BringProps): JSX.Element {
  const t = useWords(words);
  const chooser = useRef<HTMLInputElement>(null);
  const [tooLarge, setTooLarge] = useState<number>();
  const take = (file: File | undefined): void => {
    if (file === undefined) return;
    const large = file.size > LIMIT;
    setTooLarge(large ? file.size : undefined);
    if (!large) void file.text().then(onText);
  };
  return (
    <div
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        take(event.dataTransfer.files[0]);
      }}
    >
      <Field label={t("pasteLabel")} help={t("pasteHelp")}>
        <TextArea mono rows={8} value={text} onChange={onText} className="max-h-[36vh]" />
      </Field>
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <FileChooser chooser={chooser} onFile={take} />
        <Button icon={Upload} onClick={() => chooser.current?.click()}>
          {t("file")}
        </Button>
        {imported?.kind === "flow" && (
          <span role="status" className="text-12 text-text-2">
            {t("readable", { name: imported.name, count: imported.nodes })}
          </span>
        )}
      </div>
      {tooLarge !== undefined && <Wrong text={t("tooLarge", { size: (tooLarge / 1024 / 1024).toFixed(1) })} />}
      {imported !== undefined && <Problems imported={imported} />}
    </div>
  );
}

function FileChooser({
  chooser,
  onFile,
}: {
  chooser: RefObject<HTMLInputElement | null>;
  onFile: (file: File | undefined) => void;
}): JSX.Element {
  const t = useWords(words);
  return (
    <input
      ref={chooser}
      type="file"
      accept=".json,application/json"
      aria-label={t("file")}
      tabIndex={-1}
      className="sr-only"
      onChange={(event) => onFile(event.target.files?.[0])}
    />
  );
}

/** So many are told; the rest is counted. */
const TOLD = 5;

function Problems({ imported }: { imported: Imported }): JSX.Element | null {
  const t = useWords(words);
  if (imported.kind === "flow") return null;
  if (imported.kind === "notJson") return <Wrong text={t("notJson", { why: imported.why })} />;
  if (imported.kind === "notFlow") return <Wrong text={t("notFlow")} />;
  const { issues } = imported;
  return (
    <div role="alert" className="mt-3 rounded-md border border-failed bg-failed-soft p-3 text-12">
      <p className="mb-1 font-medium text-failed-text">{t("problems", { count: issues.length })}</p>
      <ul className="flex flex-col gap-1">
        {issues.slice(0, TOLD).map(({ pointer, message }) => (
          <li key={`${pointer} ${message}`}>
            <code className="text-11 text-text-2">{pointer === "" ? t("atTop") : pointer}</code> {message}
          </li>
        ))}
      </ul>
      {issues.length > TOLD && <p className="mt-1 text-text-2">{t("moreProblems", { count: issues.length - TOLD })}</p>}
    </div>
  );
}
