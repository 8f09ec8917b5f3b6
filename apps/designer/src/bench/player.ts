/** Shows sessions one after the other; one that is a step further than the last is not played all over again. */
import { type Played, type Unplayable, type World, isPlayed, playOn } from "./model/play.ts";
import type { Session } from "./model/session.ts";
import { stepped } from "./model/session.ts";
import { type BenchView, type Chosen, viewOf } from "./model/view.ts";

export interface Player {
  /** The same for the same session, however often it is asked. */
  look(world: World, session: Session, chosen: Chosen): BenchView | Unplayable;
  /** One thing further that people can see, or to the end of what happens by itself. */
  step(world: World, session: Session): Session;
}

export function createPlayer(): Player {
  let last: { readonly world: World; readonly played: Played | Unplayable; readonly session: Session } | undefined;
  const play = (world: World, session: Session): Played | Unplayable => {
    if (last?.world === world && last.session === session) return last.played;
    const before = last?.world === world && isPlayed(last.played) ? last.played : undefined;
    const played = playOn(world, before, session);
    last = { world, session, played };
    return played;
  };
  return {
    look: (world, session, chosen) => {
      const played = play(world, session);
      return isPlayed(played) ? viewOf(world, played, chosen) : played;
    },
    step: (world, session) => {
      const begin = play(world, session);
      if (!isPlayed(begin) || begin.rests) return session;
      const seen = begin.simulation.trace.length;
      let next = session;
      for (;;) {
        next = stepped(next);
        const played = play(world, next);
        if (!isPlayed(played) || played.rests || played.broken !== undefined) return next;
        if (played.simulation.trace.length > seen) return next;
      }
    },
  };
}
