/**
 * Who did a thing. Stored with every write as the text `kind:id`.
 */
export type ActorKind = "person" | "key" | "flow" | "system";

export interface Actor {
  readonly kind: ActorKind;
  readonly id: string;
}

export const actorText = (actor: Actor): string => `${actor.kind}:${actor.id}`;

/** Reads what `actorText` wrote. */
export function parseActor(text: string): Actor {
  const colon = text.indexOf(":");
  const kind = text.slice(0, colon);
  if (kind === "person" || kind === "key" || kind === "flow" || kind === "system") {
    return { kind, id: text.slice(colon + 1) };
  }
  throw new Error(`not an actor: ${text}`);
}
