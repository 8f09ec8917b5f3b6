import type { FlowDocument } from "@holdfast/dsl";
import { useEffect, useRef, useState } from "react";
import { announce } from "../../keys/announce.ts";
import { useTRPCClient } from "../../rpc/client.ts";
import type { RunDetails } from "../../rpc/outputs.ts";
import { whileSeen } from "../../rpc/while-seen.ts";
import { useWords } from "../../words/use-words.tsx";
import { UNDER_WAY } from "./run-facts.ts";
import { type LivePiece, type LiveTexts, NO_TEXTS, withPieces } from "./live-texts.ts";
import { words } from "./words.ts";

/** Whether a model may be writing in some step, or be about to again. */
function mayWrite({ run, manifests, derived }: RunDetails, nodes: FlowDocument["nodes"]): boolean {
  if (run.finishedAt !== null || derived === null) return false;
  const ai = new Set(manifests.flatMap(({ type, category }) => (category === "ai" ? [type] : [])));
  return Object.entries(derived.nodes).some(
    ([id, { status }]) => UNDER_WAY.has(status) && ai.has(nodes[id]?.type ?? ""),
  );
}

/**
 * What models are writing in the run, as it comes. A connection that was lost goes on where it was; a page that is
 * loaded anew begins at the beginning.
 */
export function useLiveTexts(details: RunDetails, nodes: FlowDocument["nodes"]): LiveTexts {
  const rpc = useTRPCClient();
  const run = details.run.id;
  const enabled = mayWrite(details, nodes);
  const [texts, setTexts] = useState<LiveTexts>(NO_TEXTS);
  useEffect(() => {
    if (!enabled) return undefined;
    return whileSeen(({ begun, ended }) => {
      const onData = ({ data }: { readonly data: { readonly pieces: readonly LivePiece[] } }): void =>
        setTexts((known) => withPieces(known, data.pieces));
      const watch = rpc.runs.liveText.subscribe(
        { run },
        { onStarted: begun, onError: ended, onComplete: ended, onData },
      );
      return () => watch.unsubscribe();
    });
  }, [rpc, run, enabled]);
  useAnnounced(texts);
  return enabled ? texts : NO_TEXTS;
}

/** Who hears the page is told that a text begins and that it ended, not each word of it. */
function useAnnounced(texts: LiveTexts): void {
  const t = useWords(words);
  const told = useRef<string | undefined>(undefined);
  const last = texts.at(-1);
  const news = last === undefined ? undefined : `${last.writing} ${last.ended ?? ""}`;
  useEffect(() => {
    if (last === undefined || news === undefined || told.current === news) return;
    told.current = news;
    announce(t(last.ended === null ? "aiWriting" : `ai_${last.ended}`));
  }, [last, news, t]);
}
