/**
 * What processes tell each other for people who look on. A notice is a word, a space and JSON; it says only that
 * something has changed, so one that is lost costs time and nothing else.
 */
import { z } from "zod";

const person = z.object({ id: z.string(), name: z.string() });

const here = z.object({
  /** `flows.ref`. */
  flow: z.int(),
  /** The page. */
  client: z.string(),
  person,
  /** The node that is selected there. */
  node: z.string().nullable(),
});
export type Here = z.infer<typeof here>;

const NOTICES = {
  /** Somebody watches runs in this process: tell what changes, for a while. */
  watching: z.object({ worker: z.int() }),
  /** `workspace:flow:run` each; empty: too many to tell. */
  runs: z.array(z.string()),
  /** Runs for which pieces of texts were written. */
  texts: z.array(z.string()),
  draft: z.object({ flow: z.int(), revision: z.int() }),
  /** Node types of some process came, went or were changed. */
  types: z.null(),
  here,
  gone: z.object({ flow: z.int(), client: z.string() }),
} as const;

type Word = keyof typeof NOTICES;
export type Notice = { [W in Word]: { readonly word: W; readonly value: z.infer<(typeof NOTICES)[W]> } }[Word];

export const noticeText = ({ word, value }: Notice): string => `${word} ${JSON.stringify(value)}`;

/** Undefined: it is none of these, or of another version of Holdfast. */
export function readNotice(text: string): Notice | undefined {
  const space = text.indexOf(" ");
  const word = text.slice(0, space);
  let json: unknown;
  try {
    json = JSON.parse(text.slice(space + 1));
  } catch {
    return undefined;
  }
  switch (word) {
    case "watching":
      return read(word, NOTICES.watching, json);
    case "runs":
      return read(word, NOTICES.runs, json);
    case "texts":
      return read(word, NOTICES.texts, json);
    case "draft":
      return read(word, NOTICES.draft, json);
    case "types":
      return read(word, NOTICES.types, json);
    case "here":
      return read(word, NOTICES.here, json);
    case "gone":
      return read(word, NOTICES.gone, json);
    default:
      return undefined;
  }
}

function read<W extends Word, V>(word: W, schema: z.ZodType<V>, json: unknown): { word: W; value: V } | undefined {
  const result = schema.safeParse(json);
  return result.success ? { word, value: result.data } : undefined;
}
