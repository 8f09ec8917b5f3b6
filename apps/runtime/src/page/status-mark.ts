/** A run's status as an icon and a word: never told by color alone. */
import { html, raw } from "hono/html";
import type { RunSummary } from "../read/run-view.ts";

const PATHS: Readonly<Record<RunSummary["status"], string>> = {
  queued:
    '<path d="M10.1 2.18a9.93 9.93 0 0 1 3.8 0M17.6 3.71a9.95 9.95 0 0 1 2.69 2.7M21.82 10.1a9.93 9.93 0 0 1 0 3.8M20.29 17.6a9.95 9.95 0 0 1-2.7 2.69M13.9 21.82a9.94 9.94 0 0 1-3.8 0M6.4 20.29a9.95 9.95 0 0 1-2.69-2.7M2.18 13.9a9.93 9.93 0 0 1 0-3.8M3.71 6.4a9.95 9.95 0 0 1 2.7-2.69"/>',
  running:
    '<path d="M12 2v4M16.2 7.8l2.9-2.9M18 12h4M16.2 16.2l2.9 2.9M12 18v4M4.9 19.1l2.9-2.9M2 12h4M4.9 4.9l2.9 2.9"/>',
  waiting:
    '<path d="M5 22h14M5 2h14M17 22v-4.17a2 2 0 0 0-.59-1.42L12 12l-4.41 4.41A2 2 0 0 0 7 17.83V22M7 2v4.17a2 2 0 0 0 .59 1.42L12 12l4.41-4.41A2 2 0 0 0 17 6.17V2"/>',
  paused: '<path d="M8 4v16M16 4v16"/>',
  completed: '<path d="M20 6 9 17l-5-5"/>',
  failed: '<path d="M18 6 6 18M6 6l12 12"/>',
  canceled: '<circle cx="12" cy="12" r="10"/><path d="m4.9 4.9 14.2 14.2"/>',
};

export const statusMark = (status: RunSummary["status"]): ReturnType<typeof html> =>
  html`<span class="status ${status}"
    ><svg
      width="14"
      height="14"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      ${raw(PATHS[status])}</svg
    >${status.charAt(0).toUpperCase() + status.slice(1)}</span
  >`;
