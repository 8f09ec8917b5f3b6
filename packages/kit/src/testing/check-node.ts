/**
 * Whether a node keeps the contract of its kind: that it uses its key, keeps to its schemas, gives no secret away, goes out
 * by the guarded door, and ends when it is told to. What a check finds it says in a sentence; what it can't see (a target
 * that ignores the key) it can't find.
 */
import type { ActionNode } from "@holdfast/nodes";
import { checkAnswer } from "./contract/answer.ts";
import { checkCancellation } from "./contract/cancellation.ts";
import type { CheckCase, Found } from "./contract/case.ts";
import { withClosedBackDoor } from "./contract/door.ts";
import { checkKey } from "./contract/key.ts";
import { checkParams } from "./contract/params.ts";
import { checkSecrets } from "./contract/secrets.ts";

export interface CheckOptions {
  readonly cases: readonly CheckCase[];
  /** Milliseconds that a node may take to end after it was told to. */
  readonly patience?: number;
}

export interface Problem extends Found {
  /** Of the case. */
  readonly where: string;
}

const PATIENCE_MS = 1_000;

/** Everything that is wrong; nothing, if it keeps the contract. */
export async function checkNode(
  node: ActionNode,
  { cases, patience = PATIENCE_MS }: CheckOptions,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const [index, one] of cases.entries()) {
    const where = one.name ?? `case ${index + 1}`;
    const found = await withClosedBackDoor(async () => [
      ...(await checkAnswer(node, one)),
      ...(await checkKey(node, one)),
      ...(await checkSecrets(node, one)),
      ...(await checkCancellation(node, one, patience)),
    ]);
    problems.push(...found.map((problem) => ({ ...problem, where })));
  }
  problems.push(...(await checkParams(node)).map((problem) => ({ ...problem, where: "params" })));
  return problems;
}
