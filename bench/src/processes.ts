/** The contestants' programs. */
import { Contestant } from "./process/contestant.ts";
import type { methods as Dbos } from "./contestants/dbos/program.ts";
import type { methods as Graphile } from "./contestants/graphile/program.ts";
import type { methods as Holdfast } from "./contestants/holdfast/program.ts";
import type { methods as HttpClient } from "./contestants/http-client/program.ts";

const program = (name: string): URL => new URL(`contestants/${name}/program.ts`, import.meta.url);

export type HoldfastProcess = Contestant<typeof Holdfast>;
export type GraphileProcess = Contestant<typeof Graphile>;

export const newHoldfast = (): HoldfastProcess => new Contestant(program("holdfast"));
export const newDbos = (): Contestant<typeof Dbos> => new Contestant(program("dbos"));
export const newGraphile = (): GraphileProcess => new Contestant(program("graphile"));
export const newHttpClient = (): Contestant<typeof HttpClient> => new Contestant(program("http-client"));

/** A fresh process that serves and works. */
export async function startHoldfast(databaseUrl: string): Promise<HoldfastProcess> {
  const holdfast = newHoldfast();
  await holdfast.call("start", { databaseUrl, role: "all" });
  await holdfast.call("publish");
  return holdfast;
}
