/** What the command line says. */
import { parseArgs } from "node:util";

export interface Options {
  /** Print one JSON object instead of a text. */
  readonly json: boolean;
  /** Small sizes, to see whether it works. */
  readonly quick: boolean;
  /** A server to use instead of one of our own. */
  readonly database: string | undefined;
  /** Names of scenarios; all if it is empty. */
  readonly only: readonly string[];
}

export const USAGE = `npm run bench -- [--json] [--quick] [--only NAME,…] [--database URL]`;

/** @throws TypeError for what it does not know. */
export function readOptions(args: readonly string[], known: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      database: { type: "string" },
      only: { type: "string", default: "" },
    },
  });
  const only = values.only.split(",").filter((name) => name !== "");
  const unknown = only.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new TypeError(`there is no scenario ${unknown}; there are ${known.join(", ")}`);
  return { json: values.json, quick: values.quick, database: values.database, only };
}
