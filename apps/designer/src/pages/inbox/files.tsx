import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Download, FileText, Image, Trash2 } from "lucide-react";
import { useState, type JSX } from "react";
import { useSession } from "../../app/session.ts";
import { useTRPC, useTRPCClient } from "../../rpc/client.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { explain } from "../../ui/problem.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { failed } from "../../ui/toast.ts";
import { useWords } from "../../words/use-words.tsx";
import { dataUrl, download, hasThumbnail, isPicture, isText, sizeText, textOf } from "./file-content.ts";
import type { Task } from "./groups.ts";
import { words } from "./words.ts";

type TaskFile = Task["files"][number];

const STAYS = { staleTime: Number.POSITIVE_INFINITY } as const;
/** More of a text is only downloaded. Letters. */
const SHOWN = 20_000;

/** What was attached: pictures and texts can be looked at here, everything can be downloaded. */
export function TaskFiles({ task }: { readonly task: Task }): JSX.Element | null {
  const t = useWords(words);
  const [shown, setShown] = useState<TaskFile>();
  if (task.files.length === 0) return null;
  return (
    <>
      <ul aria-label={t("files")} className="mb-3 flex flex-col gap-1.5">
        {task.files.map((file) => (
          <FileRow key={file.id} task={task} file={file} onShow={() => setShown(file)} />
        ))}
      </ul>
      {shown !== undefined && <Preview task={task.id} file={shown} onClose={() => setShown(undefined)} />}
    </>
  );
}

interface FileRowProps {
  readonly task: Task;
  readonly file: TaskFile;
  readonly onShow: () => void;
}

function FileRow({ task, file, onShow }: FileRowProps): JSX.Element {
  const t = useWords(words);
  const me = useSession().person.id;
  const save = useDownload(task.id, file);
  const remove = useRemove();
  const canShow = isPicture(file) || isText(file);
  const mayRemove = task.status === "open" && file.by.id === me;
  return (
    <li className="flex items-center gap-2.5 text-13">
      <button
        type="button"
        onClick={canShow ? onShow : save}
        className="flex min-h-11 min-w-0 flex-1 items-center gap-2.5 rounded-sm text-left hover:bg-surface-hover"
      >
        {hasThumbnail(file) ? <Thumbnail task={task.id} file={file} /> : <Sign file={file} />}
        <span className="min-w-0">
          <span className="block truncate font-medium">{file.name}</span>
          <span className="block truncate text-12 text-text-3">
            {sizeText(file.size, t)}
            {file.by.name !== null && `, ${file.by.name}`}
          </span>
        </span>
      </button>
      <IconButton icon={Download} label={t("download", { name: file.name })} onClick={save} />
      {mayRemove && (
        <IconButton
          icon={Trash2}
          label={t("removeFile", { name: file.name })}
          disabled={remove.isPending}
          onClick={() => remove.mutate({ task: task.id, file: file.id })}
        />
      )}
    </li>
  );
}

function Sign({ file }: { readonly file: TaskFile }): JSX.Element {
  const Icon = isPicture(file) ? Image : FileText;
  return (
    <span className="grid size-[46px] shrink-0 place-items-center rounded-sm border border-border-strong bg-surface-sunken text-text-3">
      <Icon aria-hidden className="size-4" strokeWidth={1.75} />
    </span>
  );
}

function Thumbnail({ task, file }: { readonly task: string; readonly file: TaskFile }): JSX.Element {
  const { data } = useQuery(useTRPC().tasks.file.queryOptions({ task, file: file.id }, STAYS));
  if (data === undefined) return <Sign file={file} />;
  return (
    <img
      src={dataUrl(file.type, data.content)}
      alt=""
      className="size-[46px] shrink-0 rounded-sm border border-border-strong object-cover"
    />
  );
}

interface PreviewProps {
  readonly task: string;
  readonly file: TaskFile;
  readonly onClose: () => void;
}

function Preview({ task, file, onClose }: PreviewProps): JSX.Element {
  const t = useWords(words);
  const { data, error } = useQuery(useTRPC().tasks.file.queryOptions({ task, file: file.id }, STAYS));
  return (
    <Dialog
      open
      size="lg"
      onClose={onClose}
      title={<span className="break-all">{file.name}</span>}
      footer={
        <Button
          icon={Download}
          disabled={data === undefined}
          onClick={() => data !== undefined && download(file.name, file.type, data.content)}
        >
          {t("save")}
        </Button>
      }
    >
      {error !== null && (
        <p role="alert" className="text-failed-text">
          {explain(error).what}
        </p>
      )}
      {data === undefined && error === null && <Skeleton className="h-60 w-full" />}
      {data !== undefined && isPicture(file) && (
        <img src={dataUrl(file.type, data.content)} alt={file.name} className="mx-auto max-h-[70dvh] max-w-full" />
      )}
      {data !== undefined && isText(file) && (
        <pre
          tabIndex={0}
          className="max-h-[70dvh] overflow-auto rounded-sm border border-border bg-surface-sunken p-3 text-12 break-words whitespace-pre-wrap"
        >
          {shownText(textOf(data.content))}
        </pre>
      )}
    </Dialog>
  );
}

const shownText = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);

function useDownload(task: string, file: TaskFile): () => void {
  const client = useTRPCClient();
  return () =>
    void client.tasks.file.query({ task, file: file.id }).then(
      ({ content }) => download(file.name, file.type, content),
      (error: unknown) => failed(explain(error).what),
    );
}

function useRemove() {
  const t = useWords(words);
  const trpc = useTRPC();
  const client = useQueryClient();
  return useMutation(
    trpc.tasks.removeFile.mutationOptions({
      onError: (error) => failed(t("notRemoved", { why: explain(error).what })),
      onSettled: () => void client.invalidateQueries(trpc.tasks.pathFilter()),
    }),
  );
}
