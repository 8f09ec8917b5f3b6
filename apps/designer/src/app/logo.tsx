import type { JSX } from "react";

/** Two posts and what they hold. */
export function Logo({ size = 20 }: { size?: number }): JSX.Element {
  return (
    <svg aria-hidden width={size} height={size} viewBox="0 0 20 20" fill="currentColor" className="shrink-0">
      <rect x="2" y="1" width="4" height="18" rx="1" />
      <rect x="14" y="1" width="4" height="18" rx="1" />
      <rect x="6.9" y="6.9" width="6.2" height="6.2" rx=".8" transform="rotate(45 10 10)" className="fill-accent" />
    </svg>
  );
}
