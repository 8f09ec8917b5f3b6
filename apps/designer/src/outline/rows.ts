/** A flow as a tree of rows: what comes next stands below, outcomes are branches, what is told already is a link. */
import { START } from "@holdfast/dsl";
import { edgesFrom } from "../canvas/picture.ts";
import type { Scene, SceneEdge } from "../canvas/scene.ts";
import { INTO } from "../canvas/walk.ts";

interface RowBase {
  /** Unique, and the same as long as the row says the same. */
  readonly key: string;
  readonly level: number;
}

export type Row =
  | (RowBase & { readonly kind: "card"; readonly id: string; readonly expandable: boolean; readonly ends: boolean })
  | (RowBase & {
      readonly kind: "port";
      readonly node: string;
      readonly port: string;
      /** It leads somewhere, ends the run, or nowhere. */
      readonly state: "leads" | "ends" | "open";
      readonly expandable: boolean;
    })
  | (RowBase & { readonly kind: "link"; readonly to: string; readonly edge: string });

/** All rows; those under a collapsed row are left out. */
export function outlineRows(scene: Scene, collapsed: ReadonlySet<string>): Row[] {
  const rows: Row[] = [];
  const told = new Set<string>();
  const teller = { scene, collapsed, rows, told, spine: new Map<string, string>() };
  tell(START, 1, teller);
  for (const [id, card] of scene.cards) {
    if (!told.has(id) && (card.loop === undefined || told.has(card.loop))) tell(id, 1, { ...teller, hidden: false });
  }
  return rows;
}

interface Teller {
  readonly scene: Scene;
  readonly collapsed: ReadonlySet<string>;
  readonly rows: Row[];
  readonly told: Set<string>;
  /** By card: the edge by which the first outcomes lead there. It is told at that place, and linked from others. */
  readonly spine: Map<string, string>;
  /** Under something collapsed: told, but not shown. */
  readonly hidden?: boolean;
}

function push(row: Row, { rows, hidden = false }: Teller): void {
  if (!hidden) rows.push(row);
}

function tell(id: string, level: number, teller: Teller): void {
  const { scene, collapsed, told } = teller;
  const card = scene.cards.get(id);
  if (card === undefined) return;
  told.add(id);
  const edges = edgesFrom(scene, id);
  const { ports } = card.facts;
  const [first] = ports;
  const on = edges.filter(({ port }) => port === first);
  const ends = scene.ends.get(id);
  const leads = on.length > 0;
  const isEnd = ports.length === 1 && first !== undefined && !leads && ends?.has(first) === true;
  const named = ports.length > 1 || (!leads && !isEnd) ? ports : [];
  // What stands aside comes before the first outcome, which goes straight on beneath.
  const branches = [
    ...(card.kind === "loop" ? [INTO] : []),
    ...named.slice(leads ? 1 : 0),
    ...named.slice(0, leads ? 1 : 0),
  ];
  push(
    { key: id, kind: "card", id, level, expandable: branches.length > 0, ends: card.facts.terminal || isEnd },
    teller,
  );
  for (const edge of on) reserve(edge, teller);
  const below = collapsed.has(id) ? { ...teller, hidden: true } : teller;
  for (const port of branches) {
    const straight = port === first && leads;
    tellPort({ node: id, port, level: level + 1 }, straight ? "straight" : edges, below);
  }
  for (const edge of on) follow(edge, level, teller);
}

/** Keeps the cards that the first outcomes lead to for the spine. */
function reserve(from: SceneEdge, { scene, told, spine }: Teller): void {
  let edge: SceneEdge | undefined = from;
  while (edge !== undefined && !told.has(edge.to) && !spine.has(edge.to)) {
    const to: string = edge.to;
    spine.set(to, edge.id);
    const [first] = scene.cards.get(to)?.facts.ports ?? [];
    edge = edgesFrom(scene, to).find(({ port }) => port === first);
  }
}

function tellPort(
  { node, port, level }: { node: string; port: string; level: number },
  edges: readonly SceneEdge[] | "straight",
  teller: Teller,
): void {
  const row = { key: `${node}.${port}`, kind: "port", node, port, level } as const;
  if (edges === "straight") {
    push({ ...row, state: "leads", expandable: false }, teller);
    return;
  }
  const own = edges.filter((edge) => edge.port === port);
  const ends = teller.scene.ends.get(node)?.has(port) ?? false;
  const nothing = ends ? "ends" : "open";
  push({ ...row, state: own.length > 0 ? "leads" : nothing, expandable: own.length > 0 }, teller);
  const below = teller.collapsed.has(row.key) ? { ...teller, hidden: true } : teller;
  for (const edge of own) follow(edge, level + 1, below);
}

function follow(edge: SceneEdge, level: number, teller: Teller): void {
  const elsewhere = teller.spine.get(edge.to) ?? edge.id;
  if (teller.told.has(edge.to) || elsewhere !== edge.id) {
    push({ key: `→${edge.id}`, kind: "link", to: edge.to, edge: edge.id, level }, teller);
  } else tell(edge.to, level, teller);
}

/** The row that a row stands under. */
export function parentOf(rows: readonly Row[], at: number): number {
  const level = rows[at]?.level ?? 1;
  for (let index = at - 1; index >= 0; index -= 1) if ((rows[index]?.level ?? 1) < level) return index;
  return -1;
}

/** Place among its siblings, as screen readers tell it. */
export function setPosition(rows: readonly Row[], at: number): { position: number; size: number } {
  const level = rows[at]?.level ?? 1;
  const parent = parentOf(rows, at);
  let position = 0;
  let size = 0;
  for (let index = parent + 1; index < rows.length; index += 1) {
    const other = rows[index]?.level ?? 0;
    if (other < level && parent >= 0) break;
    if (other !== level) continue;
    size += 1;
    if (index <= at) position += 1;
  }
  return { position, size };
}
