import type { JSX } from "react";
import { nodeIcon } from "../ui/icons.ts";
import type { Family } from "./node-facts.ts";
import "./canvas.css";

/** The kind of a node, told by its shape and icon; never by a color of its own. */
export function Tile({ family, icon, inline }: { family: Family; icon: string; inline?: boolean }): JSX.Element {
  const Icon = nodeIcon(icon);
  return (
    <span className="hf-tile" data-family={family} data-inline={inline === true ? "" : undefined} aria-hidden>
      <Icon />
    </span>
  );
}
