import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { announce } from "../../keys/announce.ts";
import { useTRPC } from "../../rpc/client.ts";
import { explain } from "../../ui/problem.ts";
import { useWords } from "../../words/use-words.tsx";
import { base64Of, LARGEST_FILE, sizeText } from "./file-content.ts";
import { words } from "./words.ts";

export interface Upload {
  readonly add: (files: readonly File[]) => void;
  readonly busy: boolean;
  /** Why some of the last ones were not attached. */
  readonly problems: readonly string[];
}

/** Attaches files one after the other; one that is refused does not stop the others. */
export function useUpload(task: string): Upload {
  const t = useWords(words);
  const trpc = useTRPC();
  const client = useQueryClient();
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const { mutateAsync } = useMutation(trpc.tasks.addFile.mutationOptions());
  const addOne = async (file: File): Promise<string | undefined> => {
    if (file.size > LARGEST_FILE) {
      return t("tooLarge", { name: file.name, most: sizeText(LARGEST_FILE, t) });
    }
    if (file.size === 0) return t("emptyFile", { name: file.name });
    try {
      const content = base64Of(new Uint8Array(await file.arrayBuffer()));
      await mutateAsync({ task, name: file.name, content, ...(file.type === "" ? {} : { type: file.type }) });
      announce(t("attached", { name: file.name }));
      return undefined;
    } catch (error) {
      return `${file.name}: ${explain(error).what}`;
    }
  };
  const addAll = async (files: readonly File[]): Promise<void> => {
    setBusy(true);
    setProblems([]);
    const refused: string[] = [];
    for (const file of files) refused.push(...[await addOne(file)].filter((one) => one !== undefined));
    setProblems(refused);
    setBusy(false);
    await client.invalidateQueries(trpc.tasks.pathFilter());
  };
  return { add: (files) => void addAll(files), busy, problems };
}
