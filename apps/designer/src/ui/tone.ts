/** The hues of the interface. Color is state: a tone is never used without a word or an icon beside it. */
export type Tone = "running" | "waiting" | "completed" | "failed" | "incident" | "skipped" | "draft" | "neutral";

/** Words in the tone's own hue. */
export const TONE_TEXT: Readonly<Record<Tone, string>> = {
  running: "text-running-text",
  waiting: "text-waiting-text",
  completed: "text-completed-text",
  failed: "text-failed-text",
  incident: "text-incident-text",
  skipped: "text-skipped-text",
  draft: "text-draft-text",
  neutral: "text-text-2",
};

/** Icons, marks and rails. */
export const TONE_MARK: Readonly<Record<Tone, string>> = {
  running: "text-running",
  waiting: "text-waiting",
  completed: "text-completed",
  failed: "text-failed",
  incident: "text-incident",
  skipped: "text-skipped",
  draft: "text-draft",
  neutral: "text-text-3",
};

/** The ground behind words of the tone. */
export const TONE_SOFT: Readonly<Record<Tone, string>> = {
  running: "bg-running-soft",
  waiting: "bg-waiting-soft",
  completed: "bg-completed-soft",
  failed: "bg-failed-soft",
  incident: "bg-incident-soft",
  skipped: "bg-skipped-soft",
  draft: "bg-draft-soft",
  neutral: "bg-surface-hover",
};
