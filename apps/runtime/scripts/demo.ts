/**
 * `npm run demo`: the promise of Holdfast, told in a terminal in under a minute. Every line really happens, in a folder
 * and a database of its own that are gone afterwards; with DATABASE_URL the database is made on that server.
 *
 * `--json` prints one object with what happened instead. The exit code is 0 if everything did, 1 if something did not.
 */
import { parseArgs } from "node:util";
import { Narrator } from "./demo/narrator.ts";
import { Place } from "./demo/place.ts";
import { Story, type StoryReport } from "./demo/story.ts";
import { must } from "./demo/story-error.ts";

const USAGE = "usage: npm run demo [-- --json]";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;
type Signal = (typeof SIGNALS)[number];

/** As shells have it: 128 and the number of the signal. */
const ENDED_BY: { readonly [signal in Signal]: number } = { SIGINT: 130, SIGTERM: 143 };

process.exitCode = await main();

async function main(): Promise<number> {
  let json: boolean;
  try {
    json = parseArgs({ options: { json: { type: "boolean", default: false } } }).values.json;
  } catch {
    console.error(USAGE);
    return 2;
  }
  try {
    const told = await tell(json);
    if (typeof told === "string") return ENDED_BY[told];
    if (json) console.log(JSON.stringify(told));
    return 0;
  } catch (error) {
    console.error(`demo: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

/** Tells the story, or breaks it off when a signal says so. Either way nothing of it is left. */
async function tell(json: boolean): Promise<StoryReport | Signal> {
  const stopped = Promise.withResolvers<Signal>();
  for (const signal of SIGNALS) process.once(signal, () => stopped.resolve(signal));
  const place = await Place.make(process.env["DATABASE_URL"]);
  const story = new Story(place, new Narrator(json ? () => undefined : (line) => console.log(line)));
  let told: StoryReport | Signal | undefined;
  try {
    told = await Promise.race([story.tell(), stopped.promise]);
    return told;
  } finally {
    const inOrder = await place.clear();
    if (typeof told === "object") must(inOrder, "Holdfast was told to end, and did not end in order.");
  }
}
