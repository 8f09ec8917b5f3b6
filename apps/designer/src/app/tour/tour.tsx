import { useEffect, useRef, useState, type JSX } from "react";
import { Button } from "../../ui/button.tsx";
import { useWords } from "../../words/use-words.tsx";
import { type Box, canBegin, placeNote, stepDone, STEPS } from "./steps.ts";
import { useAnchor, useAnchorsHere } from "./use-anchor.ts";
import { words } from "./words.ts";

/** Pixels between the ring and what it surrounds. */
const RING = 6;

/** Four notes that point at the page. Nothing is blocked: what a note speaks of can be done while it stands. */
export function Tour({ onEnd }: { onEnd: () => void }): JSX.Element | null {
  const [at, setAt] = useState(0);
  const [begun, setBegun] = useState(false);
  const here = useAnchorsHere();
  const seen = useRef(false);
  const step = STEPS[at];
  useEffect(() => {
    if (canBegin(here)) setBegun(true);
  }, [here]);
  useEffect(() => {
    seen.current = false;
  }, [at]);
  useEffect(() => {
    if (begun && stepDone(at, here, seen.current)) setAt(at + 1);
    else if (step !== undefined && here.has(step.anchor)) seen.current = true;
  }, [begun, at, here, step]);
  if (step === undefined || !begun) return null;
  return (
    <Note
      key={step.anchor}
      at={at}
      onBack={() => setAt(at - 1)}
      onNext={() => (at + 1 < STEPS.length ? setAt(at + 1) : onEnd())}
      onEnd={onEnd}
    />
  );
}

interface NoteProps {
  readonly at: number;
  readonly onBack: () => void;
  readonly onNext: () => void;
  readonly onEnd: () => void;
}

function Note({ at, onBack, onNext, onEnd }: NoteProps): JSX.Element | null {
  const t = useWords(words);
  const note = useRef<HTMLDivElement>(null);
  const step = STEPS[at];
  const box = useAnchor(step?.anchor ?? "");
  useEffect(() => note.current?.focus({ preventScroll: true }), []);
  if (step === undefined) return null;
  const place = placeNote(box, { width: window.innerWidth, height: window.innerHeight });
  const last = at === STEPS.length - 1;
  const needsTest = box === undefined && (step.anchor === "decide" || step.anchor === "skip");
  return (
    <>
      {box !== undefined && <Ring box={box} />}
      <div
        ref={note}
        role="dialog"
        aria-labelledby="tour-title"
        aria-describedby="tour-text"
        aria-label={t("label", { step: at + 1, of: STEPS.length })}
        tabIndex={-1}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          onEnd();
        }}
        className="fixed z-40 w-80 max-w-[calc(100vw-1.5rem)] rounded-md border border-border-strong bg-surface-raised p-4 shadow-float outline-none focus-visible:outline-2"
        style={place}
      >
        <p className="text-11 font-medium text-text-3 tabular-nums">{t("step", { step: at + 1, of: STEPS.length })}</p>
        <h2 id="tour-title" className="mt-0.5 text-14 font-semibold">
          {t(step.title)}
        </h2>
        <p id="tour-text" className="mt-1 text-text-2">
          {t(step.text)}
          {needsTest && <span className="mt-1 block text-text-3">{t("waitsFor")}</span>}
        </p>
        <div className="mt-3 flex flex-wrap items-center gap-2">
          {!last && (
            <Button size="sm" variant="ghost" className="-ml-2" onClick={onEnd}>
              {t("skip")}
            </Button>
          )}
          <span className="flex-1" />
          {at > 0 && (
            <Button size="sm" onClick={onBack}>
              {t("back")}
            </Button>
          )}
          <Button size="sm" variant="primary" onClick={onNext}>
            {last ? t("end") : t("next")}
          </Button>
        </div>
      </div>
    </>
  );
}

function Ring({ box }: { box: Box }): JSX.Element {
  return (
    <div
      aria-hidden
      className="pointer-events-none fixed z-30 rounded-[10px] border-2 border-accent"
      style={{
        left: box.left - RING,
        top: box.top - RING,
        width: box.width + 2 * RING,
        height: box.height + 2 * RING,
      }}
    />
  );
}
