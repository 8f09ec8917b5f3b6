import { pageLanguage } from "../words/language.ts";
import { hintIn } from "../words/hints.ts";
import { namesIn } from "../words/names-in.ts";
import { PROBLEMS_IN_UKRAINIAN } from "./problem-words.ts";

/** What an error has to say to a person. */
export interface Explained {
  readonly what: string;
  /** The hint of the problem, if it has one. */
  readonly todo?: string;
  readonly trace?: string;
}

interface Problem {
  readonly code?: unknown;
  readonly status?: unknown;
  readonly title?: unknown;
  readonly detail?: unknown;
  readonly hint?: unknown;
  readonly details?: unknown;
}

/** The problem that the runtime sent with a failed call, if it is one. */
export function problemOf(error: unknown): Problem | undefined {
  if (typeof error !== "object" || error === null || !("data" in error)) return undefined;
  const { data } = error;
  if (typeof data !== "object" || data === null || !("problem" in data)) return undefined;
  const { problem } = data;
  return typeof problem === "object" && problem !== null ? problem : undefined;
}

/** The stable code of a failed call: `not_found`, `signed_out`, …. */
export function codeOf(error: unknown): string | undefined {
  const code = problemOf(error)?.code;
  return typeof code === "string" ? code : undefined;
}

/** In the reader's language, as far as the problem's code has words in it. */
export function explain(error: unknown, language = pageLanguage()): Explained {
  const problem = problemOf(error);
  const ours = language === "uk" && problem !== undefined ? inUkrainian(problem) : undefined;
  const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
  if (ours !== undefined) {
    const hint = hintIn(language, text(problem?.hint));
    return { what: ours, ...(hint === undefined ? {} : { todo: hint }) };
  }
  const message = error instanceof Error ? error.message : String(error);
  const todo = text(problem?.hint);
  const trace = error instanceof Error && problem === undefined ? error.stack : undefined;
  return {
    what: text(problem?.detail) ?? text(problem?.title) ?? message,
    ...(todo === undefined ? {} : { todo }),
    ...(trace === undefined ? {} : { trace }),
  };
}

function inUkrainian({ code, detail, title }: Problem): string | undefined {
  const text = typeof code === "string" ? PROBLEMS_IN_UKRAINIAN[code] : undefined;
  if (text === undefined) return undefined;
  const said = [detail, title].find((one) => typeof one === "string") ?? "";
  const names = namesIn(said);
  const missing = (text.includes("{a}") && names[0] === undefined) || (text.includes("{b}") && names[1] === undefined);
  return missing ? undefined : text.replaceAll("{a}", names[0] ?? "").replaceAll("{b}", names[1] ?? "");
}

/** What the problem tells beside its words: tries left, seconds to wait, failing scenarios. */
export function detailsOf(error: unknown): Readonly<Record<string, unknown>> {
  const details = problemOf(error)?.details;
  return typeof details === "object" && details !== null ? { ...details } : {};
}
