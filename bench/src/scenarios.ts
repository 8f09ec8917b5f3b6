/** All of them, in the order in which they are run: what is compared with peers first. */
import type { Scenario } from "./bench.ts";
import { designer } from "./scenarios/designer.ts";
import { fiveSteps } from "./scenarios/five-steps.ts";
import { history } from "./scenarios/history.ts";
import { inbox } from "./scenarios/inbox.ts";
import { recovery } from "./scenarios/recovery.ts";
import { singleRows } from "./scenarios/single-rows.ts";
import { twoWorkers } from "./scenarios/two-workers.ts";
import { waiting } from "./scenarios/waiting.ts";

export const SCENARIOS: readonly Scenario[] = [
  singleRows,
  fiveSteps,
  twoWorkers,
  history,
  recovery,
  waiting,
  designer,
  inbox,
];
