import type { Status } from "../ui/status-mark.tsx";
import type { CardState } from "./card-view.ts";

const STATE: Readonly<Record<Status, CardState>> = {
  queued: "pending",
  pending: "pending",
  scheduled: "pending",
  running: "running",
  waiting: "waiting",
  paused: "waiting",
  incident: "incident",
  completed: "completed",
  failed: "failed",
  skipped: "skipped",
  canceled: "skipped",
};

/** How a card shows a status, in the test bench and in a run alike. */
export const cardStateOf = (status: Status): CardState => STATE[status];
