/**
 * Whether a node keeps the contract of its kind: that it uses its key, keeps to its schemas, gives no secret away, and
 * ends when it is told to. What a check finds it says in a sentence; what it can't see (a target that ignores the key)
 * it can't find.
 */
import {
  compileSchema,
  effectOf,
  isJsonObject,
  outputSchemaOf,
  type JsonObject,
  type NodeManifest,
} from "@holdfast/dsl";
import type { ActionNode } from "@holdfast/nodes";
import type { CallRecord, CredentialValue } from "@holdfast/nodes/executors";
import type { Answer, SeenRequest, Target } from "./target.ts";
import { testNode, type NodeTest, type NodeTestOptions, type WaitAnswer } from "./test-node.ts";

/** A call of the node, and what its target answers when all is well. */
export interface CheckCase {
  readonly name?: string;
  readonly params: JsonObject;
  readonly target: Target;
  readonly waits?: { readonly [name: string]: WaitAnswer };
  /** As of `testNode`. */
  readonly runs?: NonNullable<NodeTestOptions["runs"]>;
}

export interface CheckOptions {
  readonly cases: readonly CheckCase[];
  /** Milliseconds that a node may take to end after it was told to. */
  readonly patience?: number;
}

export interface Problem {
  readonly code:
    | "case_failed"
    | "key_unused"
    | "key_changes"
    | "output_invalid"
    | "params_unchecked"
    | "secret_leaked"
    | "cancellation_ignored";
  readonly message: string;
  /** Of the case. */
  readonly where: string;
}

const SECRET = "canary-7f3a91c4e8";
const READS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);
const PATIENCE_MS = 1_000;

/** Everything that is wrong; nothing, if it keeps the contract. */
export async function checkNode(
  node: ActionNode,
  { cases, patience = PATIENCE_MS }: CheckOptions,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const [index, one] of cases.entries()) {
    const where = one.name ?? `case ${index + 1}`;
    const found = [
      ...(await checkAnswer(node, one)),
      ...(await checkKey(node, one)),
      ...(await checkSecrets(node, one)),
      ...(await checkCancellation(node, one, patience)),
    ];
    problems.push(...found.map((problem) => ({ ...problem, where })));
  }
  problems.push(...(await checkParams(node)).map((problem) => ({ ...problem, where: "params" })));
  return problems;
}

type Found = Omit<Problem, "where">;

const optionsOf = (node: ActionNode, { params, target, waits, runs }: CheckCase): NodeTestOptions => ({
  params,
  target,
  ...(waits !== undefined && { waits }),
  ...(runs !== undefined && { runs }),
  ...credentialFor(node),
});

/** It answers, with what its manifest says. */
async function checkAnswer(node: ActionNode, one: CheckCase): Promise<Found[]> {
  const { port, output, error } = await testNode(node, optionsOf(node, one));
  if (port === undefined) {
    const code = error?.code === "output_invalid" ? "output_invalid" : "case_failed";
    return [{ code, message: error?.message ?? "The node gave nothing." }];
  }
  const anything = (): JsonObject => ({});
  const schema = outputSchemaOf(node.manifest, one.params, port, anything);
  const fits = compileSchema(schema).validate(output ?? null);
  if (fits.ok) return [];
  const [first] = fits.errors;
  return [{ code: "output_invalid", message: `Its output ${first?.pointer ?? ""} ${first?.message ?? ""}.` }];
}

/** What a `keyed` node sends carries its key, the same however often it is sent. */
async function checkKey(node: ActionNode, one: CheckCase): Promise<Found[]> {
  if (effectOf(node.manifest, one.params) !== "keyed") return [];
  const first = writesOf(await testNode(node, optionsOf(node, one)));
  const keyless = first.find((request) => keysIn(request).length === 0);
  if (keyless !== undefined) {
    const message = `${keyless.method} ${keyless.url} carries no idempotency key: sent twice, it would take effect twice. Send \`key\`, or say that the effect is \`once\`.`;
    return [{ code: "key_unused", message }];
  }
  const crash = {
    at: "during",
    step: node.manifest.durable === true ? lastStep(await testNode(node, optionsOf(node, one)), one) : "main",
  } as const;
  const again = writesOf(await testNode(node, { ...optionsOf(node, one), crashes: [crash] }));
  const keys = (requests: readonly SeenRequest[]): string =>
    [...new Set(requests.flatMap(keysIn))].toSorted((a, b) => (a < b ? -1 : 1)).join();
  if (keys(first) === keys(again)) return [];
  return [{ code: "key_changes", message: "After a crash it sends another key than before." }];
}

const writesOf = ({ requests }: NodeTest): readonly SeenRequest[] =>
  requests.filter(({ method }) => !READS.has(method));

/** Every key of the node begins alike. */
const keysIn = ({ url, headers, body }: SeenRequest): readonly string[] =>
  [decodeURIComponent(url), ...Object.values(headers), body].flatMap(
    (text) => text.match(/run-1:node:0:[\w./~-]+/g) ?? [],
  );

/** The last that runs code of the node; a wait and the run of a flow have none. */
function lastStep({ steps }: NodeTest, { waits = {}, runs = {} }: CheckCase): string {
  const own = Object.entries(steps).filter(([name, record]) => !(name in waits) && !(name in runs) && !isPause(record));
  return own.at(-1)?.[0] ?? "main";
}

const isPause = (record: CallRecord): boolean =>
  record.status === "completed" &&
  isJsonObject(record.value ?? null) &&
  Object.keys(record.value ?? {}).join() === "at";

/** A target that repeats what it was sent, and one that can't be reached, get no secret out of it. */
async function checkSecrets(node: ActionNode, one: CheckCase): Promise<Found[]> {
  if (node.manifest.credentials.length === 0) return [];
  const targets: Target[] = [
    one.target,
    ...[200, 400, 401, 409, 429, 500].map((status): Target => ({ headers, url, body }) => ({
      status,
      headers: { "x-echo": JSON.stringify(headers) },
      body: { headers, url, body },
    })),
    () => "reset",
  ];
  for (const target of targets) {
    const { requests: _, ...rest } = await testNode(node, { ...optionsOf(node, one), target });
    if (JSON.stringify(rest).includes(SECRET) || JSON.stringify(rest).includes(btoa(`u:${SECRET}`))) {
      const message = "Its credential comes out by its output, its error, its log, or what it keeps of a sub-step.";
      return [{ code: "secret_leaked", message }];
    }
  }
  return [];
}

/** Told to stop while its target is silent, it ends. */
async function checkCancellation(node: ActionNode, one: CheckCase, patience: number): Promise<Found[]> {
  const abort = new AbortController();
  const asked = Promise.withResolvers<void>();
  const target = (): Answer => {
    asked.resolve();
    return "silence";
  };
  const over = testNode(node, { ...optionsOf(node, one), target, signal: abort.signal }).then(
    () => true,
    () => true,
  );
  // A node that asks nobody has nothing to be interrupted in.
  if ((await Promise.race([asked.promise, over])) === true) return [];
  abort.abort(new DOMException("canceled", "AbortError"));
  const ended = await Promise.race([
    over,
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), patience).unref()),
  ]);
  if (ended) return [];
  const message = `${patience} ms after it was told to stop it still waits for its target. Give \`signal\` to what it calls.`;
  return [{ code: "cancellation_ignored", message }];
}

/** Params that don't fit are refused before anything is sent. */
async function checkParams(node: ActionNode): Promise<Found[]> {
  const wrong: JsonObject[] = [...(isStrict(node) ? [{ "no such setting": 1 }] : []), ...missing(node)];
  for (const params of wrong) {
    const { error } = await testNode(node, { params, target: () => ({}) });
    if (error?.code !== "params_invalid") {
      return [
        { code: "params_unchecked", message: `It takes params that its schema forbids: ${JSON.stringify(params)}.` },
      ];
    }
  }
  return [];
}

const isStrict = ({ manifest }: ActionNode): boolean => paramsOf(manifest)["additionalProperties"] === false;

function missing({ manifest }: ActionNode): JsonObject[] {
  const { required } = paramsOf(manifest);
  return Array.isArray(required) && required.length > 0 ? [{}] : [];
}

const paramsOf = ({ params }: NodeManifest): JsonObject => (isJsonObject(params) ? params : {});

function credentialFor({ manifest }: ActionNode): { readonly credential?: CredentialValue } {
  switch (manifest.credentials[0]) {
    case undefined:
      return {};
    case "basic":
      return { credential: { type: "basic", username: "u", password: SECRET } };
    case "header":
      return { credential: { type: "header", name: "X-Api-Key", value: SECRET } };
    case "connectionString":
      return { credential: { type: "connectionString", url: `postgres://u:${SECRET}@db.invalid/shop` } };
    case "smtp":
      return { credential: { type: "smtp", url: `smtp://u:${SECRET}@mail.invalid` } };
    case "webhook":
      return { credential: { type: "webhook", url: `https://hooks.invalid/${SECRET}` } };
    default:
      return { credential: { type: "bearer", token: SECRET } };
  }
}
