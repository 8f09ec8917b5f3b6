/** What was just decided, for as long as it can be taken back. */
import { useCallback, useState } from "react";
import type { Titles } from "./answers.ts";

/** Seconds in which a decision can be taken back. */
export const GRACE = 10;

export interface Sent {
  readonly tasks: readonly { readonly id: string; readonly title: string }[];
  readonly port: string;
  readonly titles: Titles;
  /** False: an answer among several that are needed. */
  readonly decided: boolean;
  /** Milliseconds since the epoch, by this device's clock. */
  readonly until: number;
}

export interface SentDecisions {
  readonly sent: Sent | undefined;
  readonly note: (sent: Omit<Sent, "until">) => void;
  readonly forget: () => void;
}

/** The last decision only: whoever decides the next one has seen the one before. */
export function useSent(): SentDecisions {
  const [sent, setSent] = useState<Sent>();
  const note = useCallback((next: Omit<Sent, "until">) => setSent({ ...next, until: Date.now() + GRACE * 1_000 }), []);
  const forget = useCallback(() => setSent(undefined), []);
  return { sent, note, forget };
}

export const isAbout = (sent: Sent | undefined, task: string): sent is Sent =>
  sent !== undefined && sent.tasks.some(({ id }) => id === task);
