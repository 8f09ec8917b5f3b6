/** What is told of steps under way, outside of their checkpoints: how far they are, and what they are writing. */
import type pg from "pg";
import type { Live } from "../live/live.ts";
import { LiveTexts } from "../live-text/live-texts.ts";
import type { HostContext } from "./context.ts";
import { ProgressBoard } from "./progress-board.ts";

export interface WhileAtWorkOptions {
  readonly database: pg.Pool;
  readonly live: Live;
  readonly warn: (error: unknown, message: string) => void;
}

export interface WhileAtWork extends Pick<HostContext, "progress" | "liveText"> {
  readonly close: () => void;
}

export function whileAtWork({ database, live, warn }: WhileAtWorkOptions): WhileAtWork {
  const board = new ProgressBoard({
    database,
    told: ({ workspace, flow, id, root, parent }) =>
      live.runChanged({ workspace, flow: flow.flowRef, id, root, parent }),
    onError: (error) => warn(error, "how far a step is was not told"),
  });
  const texts = new LiveTexts({
    database,
    told: (runs) => live.textsWritten(runs),
    onError: (error) => warn(error, "what is being written was not told"),
  });
  return {
    progress: (run, of, progress) => board.put(run, of, progress),
    liveText: (of, hidden) => texts.open(of, hidden),
    close: () => {
      board.close();
      texts.close();
    },
  };
}
