/** The frame of everything that is typed into. */
export const CONTROL =
  "w-full min-w-0 rounded-sm border border-border-control bg-surface text-text placeholder:text-text-3 focus-visible:border-accent focus-visible:outline-offset-[-1px] disabled:cursor-not-allowed disabled:bg-surface-sunken disabled:text-text-3 aria-invalid:border-failed data-invalid:border-failed";

export type ControlSize = "sm" | "md" | "lg";

export const CONTROL_SIZE: Readonly<Record<ControlSize, string>> = {
  sm: "min-h-6 px-1.5 py-0.5 text-12",
  md: "min-h-[30px] px-2 py-1 text-13 pointer-coarse:min-h-11",
  lg: "min-h-10 rounded-[6px] px-2.5 py-1.5 text-14 pointer-coarse:min-h-11",
};
