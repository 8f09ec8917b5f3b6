/** A target that repeats what it was sent, and one that can't be reached, get no secret out of a node. */
import type { ActionNode } from "@holdfast/nodes";
import { Credential } from "@holdfast/nodes/executors";
import type { Target } from "../target.ts";
import { testNode } from "../test-node.ts";
import { optionsOf, type CheckCase, type Found } from "./case.ts";
import { credentialsOf } from "./credentials.ts";

const ECHOES = [200, 400, 401, 409, 429, 500].map((status): Target => ({ headers, url, body }) => ({
  status,
  headers: { "x-echo": JSON.stringify(headers) },
  body: { headers, url, body },
}));

export async function checkSecrets(node: ActionNode, one: CheckCase): Promise<Found[]> {
  for (const credential of credentialsOf(node.manifest)) {
    const secrets = new Credential(credential).secrets();
    for (const target of [one.target, ...ECHOES, (): "reset" => "reset"]) {
      const { requests: _, ...rest } = await testNode(node, { ...optionsOf(node, one), credential, target });
      const form = formIn(rest, secrets);
      if (form === undefined) continue;
      const place = placeOf(rest, form);
      const message = `Its credential (${credential.type}) comes out by its ${place}, as “${form}”. Tell what happened without it, or take it out by \`redact\`.`;
      return [{ code: "secret_leaked", message }];
    }
  }
  return [];
}

/** JSON spells quotes and backslashes as two characters. */
const isIn = (text: string, form: string): boolean =>
  text.includes(form) || text.includes(JSON.stringify(form).slice(1, -1));

function formIn(rest: object, secrets: readonly string[]): string | undefined {
  const text = JSON.stringify(rest);
  return secrets.find((secret) => isIn(text, secret));
}

const PLACES: readonly (readonly [string, string])[] = [
  ["output", "output"],
  ["error", "error"],
  ["told", "log or progress"],
  ["steps", "sub-steps, which are kept"],
];

function placeOf(rest: object, form: string): string {
  const found = Object.entries(rest).find(([, value]) => isIn(JSON.stringify(value ?? null), form))?.[0];
  return PLACES.find(([name]) => name === found)?.[1] ?? "result";
}
