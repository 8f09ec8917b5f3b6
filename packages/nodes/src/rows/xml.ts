/** Reading XML by what comes along, and writing texts into it. */
// oxlint-disable-next-line typescript/triple-slash-reference -- packages that compile this source do not list its folder
/// <reference path="./saxen.d.ts" />
import { Parser } from "saxen";
import { FileError } from "./file-error.ts";

export interface Heard {
  readonly open?: (name: string, attributes: { readonly [name: string]: string }) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

/** Names come without their prefix. @throws FileError */
export function readXml(xml: string, { open, close, text }: Heard): void {
  let problem: Error | undefined;
  const guarded = (act: () => void): void => {
    if (problem !== undefined) return;
    try {
      act();
    } catch (error) {
      problem = error instanceof Error ? error : new FileError("The spreadsheet is damaged.");
    }
  };
  new Parser()
    .on("openTag", (name, attributes, decode) =>
      guarded(() => {
        if (open === undefined) return;
        open(
          local(name),
          Object.fromEntries(Object.entries(attributes()).map(([key, value]) => [local(key), decode(value)])),
        );
      }),
    )
    .on("closeTag", (name) => guarded(() => close?.(local(name))))
    .on("text", (value, decode) => guarded(() => text?.(decode(value))))
    .on("cdata", (value) => guarded(() => text?.(value)))
    .on("error", () => (problem ??= new FileError("The spreadsheet is damaged: a part of it is no XML.")))
    .parse(xml);
  if (problem !== undefined) throw problem;
}

const local = (name: string): string => name.slice(name.indexOf(":") + 1);

/** Text for XML; what XML can't hold is left out. */
export function xmlText(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
