import type { JSX, ReactNode } from "react";
import { useWords } from "../../words/use-words.tsx";
import type { Version } from "./spine.tsx";
import { words } from "./words.ts";

/** What publishing would do to runs. */
export function IfPublished({ versions }: { readonly versions: readonly Version[] }): JSX.Element {
  const t = useWords(words);
  const waiting = versions.reduce((sum, { waitingRuns }) => sum + waitingRuns, 0);
  const version = 1 + Math.max(0, ...versions.map((one) => one.version));
  const bold = (parts: ReactNode[]): ReactNode => <b className="font-medium text-text">{parts}</b>;
  return (
    <section className="shrink-0 border-t border-border px-4 py-3.5">
      <h2 className="mb-1 font-semibold">{t("ifPublish")}</h2>
      <p className="m-0 text-12 text-text-2">{t.rich("newRuns", { version, b: bold })}</p>
      <p className="m-0 text-12 text-text-2">
        {waiting === 0 ? t("noneWaiting") : t.rich("waiting", { count: waiting, b: bold })}
      </p>
    </section>
  );
}
