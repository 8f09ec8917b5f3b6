import type { JSX } from "react";
import type { Point } from "../layout/card.ts";
import { useWords } from "../words/use-words.tsx";
import { editWords } from "./edit-words.ts";
import { ranked } from "./palette-entries.ts";
import { paletteWords } from "./palette-words.ts";
import { PickMenu } from "./pick-menu.tsx";
import type { Scene } from "./scene.ts";

/** Finds a card by its name, its id or what its sentence says. */
export function FindMenu(props: { at: Point; scene: Scene; onDone: (id: string | undefined) => void }): JSX.Element {
  const { at, scene, onDone } = props;
  const t = useWords(editWords);
  const p = useWords(paletteWords);
  return (
    <PickMenu
      at={at}
      label={t("find")}
      placeholder={t("findPlaceholder")}
      nothing={(query) => p("nothing", { query })}
      find={(query) => [
        {
          heading: t("nodes"),
          items: ranked([...scene.cards.values()], query, ({ facts, id }) => [
            facts.name,
            `${id} ${facts.sentence.map(({ text }) => text).join("")}`,
          ]).map(({ id, facts }) => ({
            id,
            title: facts.name,
            detail: id,
            family: facts.family,
            icon: facts.icon,
          })),
        },
      ]}
      onPick={onDone}
      onClose={() => onDone(undefined)}
    />
  );
}
