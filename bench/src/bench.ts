/** What every scenario works with. */
import type { Findings } from "./report/findings.ts";
import type { Server } from "./server/server.ts";
import type { Sizes } from "./sizes.ts";

export interface Bench {
  readonly server: Server;
  readonly sizes: Sizes;
  readonly findings: Findings;
  /** Tells whoever waits what is going on. */
  readonly say: (text: string) => void;
}

export interface Scenario {
  readonly name: string;
  /** Adds what it measured to the findings. @throws if it can't come to its end. */
  run(bench: Bench): Promise<void>;
}
