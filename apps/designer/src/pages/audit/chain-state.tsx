import { useQuery } from "@tanstack/react-query";
import { OctagonAlert, ShieldCheck } from "lucide-react";
import type { JSX } from "react";
import { useTRPC } from "../../rpc/client.ts";
import { useNow } from "../../ui/now.ts";
import { dateText } from "../../ui/time.ts";
import { useWords } from "../../words/use-words.tsx";
import { words } from "./words.ts";

const AGAIN_MS = 30_000;

/** How far the chain is covered by a signed head. */
export function ChainState(): JSX.Element | null {
  const t = useWords(words);
  const trpc = useTRPC();
  const now = useNow();
  const { data } = useQuery({ ...trpc.audit.state.queryOptions(), refetchInterval: AGAIN_MS });
  if (data === undefined) return null;
  const { head, since, entries, fits } = data;
  const number = (value: number): string => new Intl.NumberFormat(t.language).format(value);
  if (head !== null && !fits) {
    return (
      <p
        role="alert"
        className="flex shrink-0 items-center gap-2 border-b border-border bg-incident-soft px-4 py-1.5 text-12 font-medium text-incident-text"
      >
        <OctagonAlert aria-hidden className="size-3.5 shrink-0 text-incident" strokeWidth={1.75} />
        {t("broken", { seq: number(head.seq) })}
      </p>
    );
  }
  return (
    <p className="flex shrink-0 items-center gap-2 border-b border-border bg-surface-sunken px-4 py-1.5 text-12 text-text-2">
      <ShieldCheck aria-hidden className="size-3.5 shrink-0" strokeWidth={1.75} />
      <span>
        {head === null
          ? t("noHead", { n: entries })
          : t("proved", { seq: number(head.seq), at: dateText(new Date(head.at), now, t.language), n: since })}{" "}
        <span className="text-text-3">{t("howTo")}</span>
      </span>
    </p>
  );
}
