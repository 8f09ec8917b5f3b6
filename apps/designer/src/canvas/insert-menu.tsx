import { END, type NodeManifest } from "@holdfast/dsl";
import { useMemo, useState, type JSX } from "react";
import type { Point } from "../layout/card.ts";
import { useWords } from "../words/use-words.tsx";
import type { Editing } from "./editing.ts";
import type { InsertPlace } from "./canvas-props.ts";
import { mayConnect } from "./may-connect.ts";
import { portWord } from "./node-words.ts";
import { GROUPS, paletteEntries, patternEntries, ranked } from "./palette-entries.ts";
import { paletteWords } from "./palette-words.ts";
import { targetsOf } from "./picture.ts";
import { PickMenu, type PickGroup, type PickItem } from "./pick-menu.tsx";
import type { Scene } from "./scene.ts";
import { INTO } from "./walk.ts";

export interface InsertMenuProps {
  readonly place: InsertPlace;
  readonly at: Point;
  readonly scene: Scene;
  readonly manifests: readonly NodeManifest[];
  readonly editing: Editing;
  /** Only what is there: an edge is drawn, nothing is added. */
  readonly connecting?: boolean;
  /** This edge is led elsewhere. */
  readonly edge?: string | undefined;
  /** What has the focus afterwards. */
  readonly onDone: (id: string | undefined) => void;
}

const NODE = "node:";

/** “What comes next?”: a new node, one that is there, or the end. */
export function InsertMenu(props: InsertMenuProps): JSX.Element {
  const { at, scene, manifests, editing, connecting = false, edge, onDone } = props;
  const t = useWords(paletteWords);
  const after = "after" in props.place ? props.place.after : undefined;
  const [port, setPort] = useState(after?.port);
  const ports = after === undefined || edge !== undefined ? [] : editing.waysOf(after.from);
  const entries = useMemo(() => paletteEntries(manifests, t.language), [manifests, t.language]);
  const place: InsertPlace =
    after === undefined || port === undefined ? props.place : { ...props.place, after: { from: after.from, port } };

  const find = (query: string): PickGroup[] => {
    const there = after === undefined || port === undefined ? [] : existing(scene, { node: after.from, port }, query);
    const end = after === undefined || port === INTO ? [] : ranked([endItem(t)], query, ({ title }) => [title, ""]);
    if (connecting) return [{ heading: t("existing"), items: [...there, ...end] }];
    const found = ranked(entries, query, (entry) => [entry.title, `${entry.id} ${entry.description}`]);
    const whole = ranked(patternEntries(manifests, t.language), query, (one) => [one.title, one.description]);
    const fresh =
      query.trim() === ""
        ? GROUPS.map((group) => ({ heading: t(group), items: found.filter((entry) => entry.group === group) }))
        : [{ heading: t("newNodes"), items: found }];
    return [...fresh, { heading: t("patterns"), items: whole }, { heading: t("existing"), items: [...end, ...there] }];
  };

  const pick = (id: string): void => {
    if (!id.startsWith(NODE)) onDone(editing.add(id, place));
    else if (after !== undefined && port !== undefined) {
      const to = id.slice(NODE.length);
      if (edge === undefined) editing.connect({ from: after.from, port, to });
      else editing.reconnect(edge, { from: after.from, port, to });
      onDone(connecting || to === END ? after.from : to);
    }
  };
  return (
    <PickMenu
      at={at}
      label={labelOf({ connecting, edge }, t)}
      placeholder={connecting ? t("connectFind") : t("find")}
      nothing={(query) => t("nothing", { query })}
      find={find}
      ports={
        ports.length > 1 && port !== undefined
          ? {
              label: t("on"),
              names: ports,
              value: port,
              onChange: setPort,
              word: (name) => (name === INTO ? t("inside") : portWord(name, t.language)),
              detail: (name) => {
                const from = after?.from ?? "";
                const to = targetsOf(from, scene)[name];
                if (to !== undefined) return t("goesTo", { to });
                return t(scene.ends.get(from)?.has(name) === true ? "ends" : "open");
              },
            }
          : undefined
      }
      onPick={pick}
      onClose={() => onDone(undefined)}
    />
  );
}

function labelOf(
  { connecting, edge }: { connecting: boolean; edge: string | undefined },
  t: (key: "connectTo" | "addHere" | "leadTo") => string,
): string {
  if (edge !== undefined) return t("leadTo");
  return connecting ? t("connectTo") : t("addHere");
}

function endItem(t: (key: "endHere") => string): PickItem {
  return { id: `${NODE}${END}`, title: t("endHere"), family: "action", icon: "circle-stop" };
}

/** Cards that an edge may lead to. */
function existing(scene: Scene, from: { node: string; port: string }, query: string): PickItem[] {
  const cards = [...scene.cards.values()].filter((card) => mayConnect(scene, from, card.id));
  return ranked(cards, query, ({ facts, id }) => [facts.name, id]).map(({ id, facts }) => ({
    id: `${NODE}${id}`,
    title: facts.name,
    family: facts.family,
    icon: facts.icon,
  }));
}
