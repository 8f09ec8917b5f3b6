import type { SentencePart } from "@holdfast/dsl";
import type { JSX } from "react";

/** Names of events and addresses are code; other values are strong. */
const CODE = /^[\w.-]+\/[\w./:-]+$|^https?:\/\//;

export function Sentence({ parts }: { parts: readonly SentencePart[] }): JSX.Element {
  return (
    <>
      {parts.map((part, at) => (
        <Part key={`${at} ${part.text}`} part={part} />
      ))}
    </>
  );
}

function Part({ part }: { part: SentencePart }): JSX.Element {
  if (!part.value) return <>{part.text}</>;
  return CODE.test(part.text) ? <code>{part.text}</code> : <b>{part.text}</b>;
}

/** `Asked **4 managers**` in parts. */
export function partsOf(text: string): SentencePart[] {
  return text
    .split("**")
    .map((piece, at) => ({ text: piece, value: at % 2 === 1 }))
    .filter((part) => part.text !== "");
}
