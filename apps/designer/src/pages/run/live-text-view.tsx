import { memo, useLayoutEffect, useRef, type JSX } from "react";
import { Section } from "../../ui/section.tsx";
import { cx } from "../../ui/cx.ts";
import { useWords } from "../../words/use-words.tsx";
import type { LiveText, LiveTexts } from "./live-texts.ts";
import { words } from "./words.ts";

/** What a model is writing in a step, until what came of it takes its place. */
export function LiveTextView({ texts }: { readonly texts: LiveTexts }): JSX.Element {
  const t = useWords(words);
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const last = texts.at(-1);
  // Who has scrolled up reads there in peace.
  useLayoutEffect(() => {
    if (box.current !== null && follows.current) box.current.scrollTop = box.current.scrollHeight;
  });
  const onScroll = (): void => {
    if (box.current === null) return;
    const { scrollTop, scrollHeight, clientHeight } = box.current;
    follows.current = scrollHeight - scrollTop - clientHeight < 24;
  };
  const state = last?.ended ?? "writing";
  return (
    <Section title={t(state === "writing" ? "aiWriting" : `ai_${state}`)}>
      <p className="mb-2.5 text-12 text-text-3">{t(state === "failed" ? "aiVoid" : "aiUnchecked")}</p>
      <div className="relative overflow-hidden rounded-sm border border-border bg-surface-sunken pl-3">
        <span aria-hidden className="hf-stipple absolute inset-y-0 left-0 w-3 border-r border-border-strong" />
        <div
          ref={box}
          onScroll={onScroll}
          role="region"
          aria-label={t("aiText")}
          aria-busy={state === "writing"}
          tabIndex={0}
          className="flex max-h-[min(440px,52dvh)] flex-col gap-3 max-lg:h-[44dvh] overflow-y-auto px-3 py-2.5 outline-offset-[-2px]"
        >
          {texts.map((text) => (
            <Text key={text.writing} text={text} />
          ))}
        </div>
      </div>
    </Section>
  );
}

/** As it is, and never as markup. */
const Text = memo(function Text({ text: { blocks, ended, writing } }: { readonly text: LiveText }): JSX.Element {
  const lines = blocks.map((block, index) => (
    // Blocks stay where they are: the text only grows.
    <Block key={`${writing} ${index}`} text={block} />
  ));
  const look = "text-13 break-words whitespace-pre-wrap";
  return ended === "failed" ? (
    <del className={cx(look, "block text-text-3")}>{lines}</del>
  ) : (
    <div className={look}>{lines}</div>
  );
});

/** What is out of sight is not laid out. */
const Block = memo(function Block({ text }: { readonly text: string }): JSX.Element {
  return <div className="[contain-intrinsic-block-size:auto_600px] [content-visibility:auto]">{text}</div>;
});
