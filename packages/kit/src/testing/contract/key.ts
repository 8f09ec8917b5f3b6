/** What a `keyed` node sends carries its key, the same however often it is sent, and another for each thing that it does. */
import { effectOf, isJsonObject } from "@holdfast/dsl";
import type { ActionNode } from "@holdfast/nodes";
import type { CallRecord } from "@holdfast/nodes/executors";
import type { SeenRequest } from "../target.ts";
import { testNode, type NodeTest, type NodeTestOptions } from "../test-node.ts";
import { optionsOf, type CheckCase, type Found } from "./case.ts";

const READS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

export async function checkKey(node: ActionNode, one: CheckCase): Promise<Found[]> {
  if (effectOf(node.manifest, one.params) !== "keyed") return [];
  const sent = async (more: Partial<NodeTestOptions> = {}): Promise<readonly SeenRequest[]> =>
    writesOf(await testNode(node, { ...optionsOf(node, one), ...more }));
  const first = await sent();
  const [again, ofAnotherRun] = [await sent(), await sent({ run: "run-2" })];
  // Whoever has to send a shorter key makes one of it: then all that is sent hangs on it alone.
  const isMade = (at: number): boolean =>
    textOf(first[at]) === textOf(again[at]) && textOf(first[at]) !== textOf(ofAnotherRun[at]);
  const keyless = first.find((request, at) => keysIn(request).length === 0 && !isMade(at));
  if (keyless !== undefined) {
    const message = `${keyless.method} ${keyless.url} carries no idempotency key: sent twice, it would take effect twice. Send \`key\`, or say that the effect is \`once\`.`;
    return [{ code: "key_unused", message }];
  }
  const shared = first.find((request, at) => first.slice(0, at).some((before) => isTakenFor(request, before)));
  if (shared !== undefined) {
    const message = `${shared.method} ${shared.url} is sent twice with the same key and different content: the second would be taken for the first again. Make each a sub-step, and send the key of that.`;
    return [{ code: "key_shared", message }];
  }
  const crash = {
    at: "during",
    step: node.manifest.durable === true ? lastStep(await testNode(node, optionsOf(node, one)), one) : "main",
  } as const;
  if (marksOf(first) === marksOf(await sent({ crashes: [crash] }))) return [];
  return [{ code: "key_changes", message: "After a crash it sends another key than before." }];
}

const writesOf = ({ requests }: NodeTest): readonly SeenRequest[] =>
  requests.filter(({ method }) => !READS.has(method));

const textOf = (request: SeenRequest | undefined): string => JSON.stringify(request ?? null);

/** Every key of the node begins alike. */
const keysIn = ({ url, headers, body }: SeenRequest): readonly string[] =>
  [url, plain(url), ...Object.values(headers), body].flatMap((text) => text.match(/run-1:node:0:[\w./~-]+/g) ?? []);

function plain(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

/** By its keys, where it has them as they are; else by all that is sent. */
const marksOf = (requests: readonly SeenRequest[]): string =>
  [...new Set(requests.flatMap((request) => (keysIn(request).length > 0 ? keysIn(request) : [textOf(request)])))]
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join();

const isTakenFor = (one: SeenRequest, other: SeenRequest): boolean =>
  one.method === other.method &&
  one.url === other.url &&
  one.body !== other.body &&
  keysIn(one).length > 0 &&
  keysIn(one).join() === keysIn(other).join();

/** The last that runs code of the node; a wait and the run of a flow have none. */
function lastStep({ steps }: NodeTest, { waits = {}, runs = {} }: CheckCase): string {
  const own = Object.entries(steps).filter(([name, record]) => !(name in waits) && !(name in runs) && !isPause(record));
  return own.at(-1)?.[0] ?? "main";
}

const isPause = (record: CallRecord): boolean =>
  record.status === "completed" &&
  isJsonObject(record.value ?? null) &&
  Object.keys(record.value ?? {}).join() === "at";
