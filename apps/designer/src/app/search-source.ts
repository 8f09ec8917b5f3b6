import { useRouter } from "@tanstack/react-router";
import { ActivityIcon, Inbox, Users, Workflow } from "lucide-react";
import { type Found, usePaletteSource } from "../keys/sources.ts";
import { words as paletteWords } from "../keys/words.ts";
import { useTRPCClient } from "../rpc/client.ts";
import { useWords } from "../words/use-words.tsx";

/** What the server finds, as the palette shows it. Each group leads to a page that exists. */
export function useSearchSource(): void {
  const t = useWords(paletteWords);
  const client = useTRPCClient();
  const router = useRouter();
  const go = (href: string): void => void router.navigate({ href });
  const exists = (path: string): boolean => Object.hasOwn(router.routesByPath, path);
  const ask = (q: string, signal: AbortSignal): ReturnType<typeof client.search.query> =>
    client.search.query({ q: q.slice(0, 100) }, { signal });
  usePaletteSource({
    id: "flows",
    group: t("flows"),
    find: async (text, signal): Promise<readonly Found[]> =>
      (await ask(text, signal)).flows.map(({ id, name }) => ({
        id,
        label: name,
        detail: id,
        icon: Workflow,
        run: () => go(`/flows/${id}`),
      })),
  });
  usePaletteSource({
    id: "runs",
    group: t("runs"),
    find: async (text, signal): Promise<readonly Found[]> =>
      exists("/runs/$run")
        ? (await ask(text, signal)).runs.map(({ id, flowName }) => ({
            id,
            label: flowName,
            detail: id,
            icon: ActivityIcon,
            run: () => go(`/runs/${id}`),
          }))
        : [],
  });
  usePaletteSource({
    id: "tasks",
    group: t("tasks"),
    find: async (text, signal): Promise<readonly Found[]> =>
      exists("/inbox")
        ? (await ask(text, signal)).tasks.map(({ id, title }) => ({
            id,
            label: title,
            icon: Inbox,
            run: () => go(`/inbox?task=${id}`),
          }))
        : [],
  });
  usePaletteSource({
    id: "people",
    group: t("people"),
    find: async (text, signal): Promise<readonly Found[]> =>
      exists("/people")
        ? (await ask(text, signal)).people.map(({ id, name, email }) => ({
            id,
            label: name,
            detail: email,
            icon: Users,
            run: () => go("/people"),
          }))
        : [],
  });
}
