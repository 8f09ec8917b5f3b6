import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Paperclip, Send } from "lucide-react";
import { useRef, useState, type JSX } from "react";
import { useCommands } from "../../keys/use-commands.ts";
import { useTRPC } from "../../rpc/client.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { explain } from "../../ui/problem.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { useWords } from "../../words/use-words.tsx";
import { type Begun, keep } from "./begun.ts";
import { TaskFiles } from "./files.tsx";
import type { Task } from "./groups.ts";
import type { Dropped } from "./use-drop.ts";
import { words } from "./words.ts";

export interface TalkProps {
  readonly task: Task;
  readonly files: Dropped;
  readonly begun: Begun;
}

/** What people say to each other about the task, and what they attach. The flow can read both. */
export function Talk({ task, files, begun }: TalkProps): JSX.Element | null {
  const t = useWords(words);
  const open = task.status === "open";
  const left = begun.get(task.id)?.remark ?? "";
  if (!open && left === "" && task.comments.length === 0 && task.files.length === 0) return null;
  return (
    <section aria-label={t("talk")} className="mt-5">
      <h3 className="mb-2 flex items-baseline gap-2 text-13 font-semibold">
        {t("talk")}
        {open && <span className="text-12 font-normal text-text-3">{t("talkHelp")}</span>}
      </h3>
      {task.comments.length > 0 && (
        <ul className="mb-3 flex flex-col gap-3">
          {task.comments.map(({ id, by, text, at }) => {
            const name = by.name ?? t("somebody");
            return (
              <li key={id} className="flex items-start gap-2.5">
                <Avatar name={name} />
                <div className="min-w-0 flex-1 text-14">
                  <b className="font-medium">{name}</b> <RelativeTime at={at} className="text-12 text-text-3" />
                  <p className="break-words whitespace-pre-wrap text-text-2">{text}</p>
                </div>
              </li>
            );
          })}
        </ul>
      )}
      <TaskFiles task={task} />
      {open && <Write task={task} files={files} begun={begun} />}
      {!open && left !== "" && (
        <p className="mt-3 text-13 text-text-2">
          {t("remarkUnsent")} <span className="break-words whitespace-pre-wrap select-all text-text">{left}</span>
        </p>
      )}
    </section>
  );
}

/** Writing, and attaching by choosing. */
function Write({ task, files: { upload, take }, begun }: TalkProps): JSX.Element {
  const t = useWords(words);
  const { text, setText, send, problem, busy } = useComment(task.id, begun);
  const field = useRef<HTMLTextAreaElement>(null);
  useCommands([
    { id: "inbox.comment", label: t("write"), keys: "C", group: t("title"), run: () => field.current?.focus() },
  ]);
  return (
    <div>
      <TextArea
        ref={field}
        rows={1}
        className="pointer-coarse:!min-h-11"
        aria-label={t("write")}
        placeholder={t("write")}
        value={text}
        maxLength={10_000}
        onChange={setText}
      />
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <Button icon={Send} disabled={busy || text.trim() === ""} onClick={send}>
          {t("say")}
        </Button>
        {task.filesAllowed && <Attach busy={upload.busy} onFiles={take} />}
        {upload.busy && <span className="text-12 text-text-2">{t("uploading")}</span>}
      </div>
      {[...(problem === null ? [] : [explain(problem).what]), ...upload.problems].map((what) => (
        <p key={what} role="alert" className="mt-1.5 text-12 text-failed-text">
          {what}
        </p>
      ))}
    </div>
  );
}

function Attach({
  busy,
  onFiles,
}: {
  readonly busy: boolean;
  readonly onFiles: (files: FileList) => void;
}): JSX.Element {
  const t = useWords(words);
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button variant="ghost" icon={Paperclip} disabled={busy} onClick={() => input.current?.click()}>
        {t("attach")}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        tabIndex={-1}
        aria-label={t("attach")}
        className="sr-only"
        onChange={({ target }) => {
          if (target.files !== null) onFiles(target.files);
          target.value = "";
        }}
      />
    </>
  );
}

function useComment(task: string, begun: Begun) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const [text, put] = useState(begun.get(task)?.remark ?? "");
  const setText = (next: string): void => {
    put(next);
    keep(begun, task, { remark: next });
  };
  const comment = useMutation(
    trpc.tasks.comment.mutationOptions({
      onSuccess: () => setText(""),
      onSettled: () => void client.invalidateQueries(trpc.tasks.pathFilter()),
    }),
  );
  const send = (): void => comment.mutate({ task, text: text.trim() });
  return { text, setText, send, problem: comment.error, busy: comment.isPending };
}
