import type { CSSProperties, JSX } from "react";
import type { CardRail } from "./card-view.ts";

/** A wait's time on its card. Decoration: the card's label tells it in words. */
export function Rail({ rail, plan }: { rail: CardRail; plan: boolean }): JSX.Element {
  const { total, done, marks = [], late = false } = rail;
  const count = Math.max(1, Math.min(24, Math.ceil(total)));
  return (
    <div className="hf-rail" data-plan={plan ? "" : undefined} data-late={late ? "" : undefined} aria-hidden>
      {Array.from({ length: count }, (_, at) => (
        <i key={at} style={fill(passedOf(at, (done / total) * count))} />
      ))}
      {marks.map((mark) => (
        <u key={mark} style={{ left: `${(mark / total) * 100}%` }} />
      ))}
    </div>
  );
}

function fill(share: number): CSSProperties {
  if (share === 0) return {};
  const percent = `${share * 100}%`;
  return { background: `linear-gradient(90deg, var(--c) ${percent}, transparent ${percent})` };
}

function passedOf(at: number, done: number): number {
  return Math.max(0, Math.min(1, done - at));
}
