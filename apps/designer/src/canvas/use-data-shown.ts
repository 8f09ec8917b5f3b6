import { useEffect, useMemo, useState } from "react";
import { useFlow } from "../flow/flow-store-context.tsx";
import { announce } from "../keys/announce.ts";
import { useCommands } from "../keys/use-commands.ts";
import { useWords } from "../words/use-words.tsx";
import { dataShown, type DataShown } from "./data-cards.ts";
import { dataWords } from "./data-words.ts";

/** While ⌥ is held: who reads what of whom. Absent while it is not. */
export function useDataShown(group: string): DataShown["card"] | undefined {
  const t = useWords(dataWords);
  const [on, setOn] = useState<{ readonly focused: string | undefined }>();
  const flow = useFlow((store) => store.flow);
  const manifests = useFlow((store) => store.manifests);
  const selected = useFlow(({ selection }) => (selection.nodes.size === 1 ? [...selection.nodes][0] : undefined));
  const chosen = selected ?? on?.focused;
  useCommands([
    {
      id: "canvas.data",
      label: t("show"),
      group,
      keys: "⌥",
      keysOnly: true,
      run: () => setOn({ focused: focusedCard() }),
    },
  ]);
  useEffect(() => {
    if (on === undefined) return undefined;
    const off = (event: Event): void => {
      if (!(event instanceof KeyboardEvent) || event.key === "Alt" || event.key === "Escape") setOn(undefined);
    };
    addEventListener("keyup", off);
    addEventListener("blur", off);
    return () => {
      removeEventListener("keyup", off);
      removeEventListener("blur", off);
    };
  }, [on]);
  const shown = useMemo(
    () => (on !== undefined ? dataShown({ flow, manifests, chosen, t }) : undefined),
    [on, flow, manifests, chosen, t],
  );
  useEffect(() => {
    if (shown?.told !== undefined) announce(shown.told);
  }, [shown]);
  return shown?.card;
}

const focusedCard = (): string | undefined =>
  document.activeElement?.closest<HTMLElement>("[data-node]")?.dataset["node"];
