import { readFileSync } from "node:fs";
import path from "node:path";
import type { Finding } from "./finding.ts";

/** Text that must not stand in the project's files. */
export interface TextRule {
  /** Global; `m` where lines matter. */
  readonly pattern: RegExp;
  readonly message: string;
  /** Files in which the text is right. */
  readonly except?: RegExp;
}

/** Not text, or the rules themselves and their samples. */
const SKIPPED = /\.(?:png|jpg|gif|ico|woff2?)$|^scripts\/verify\/(?:words|addresses|text-rules\.test)\.ts$/;

/** Every place in a text that breaks a rule. */
export function check(file: string, text: string, rules: readonly TextRule[]): Finding[] {
  return rules
    .filter((rule) => rule.except?.test(file) !== true)
    .flatMap((rule) =>
      [...text.matchAll(rule.pattern)].map((match) => ({
        file,
        line: text.slice(0, match.index).split("\n").length,
        message: `“${match[0].trim()}”: ${rule.message}`,
      })),
    );
}

/** @param files Relative to the root. */
export function checkFiles(root: string, files: readonly string[], rules: readonly TextRule[]): Finding[] {
  return files
    .filter((file) => !SKIPPED.test(file))
    .flatMap((file) => check(file, readFileSync(path.join(root, file), "utf8"), rules));
}
