/**
 * Runs the gates one after the other, shows what each that failed has to say, and ends with `N passed, N failed`.
 */
import { lineOf } from "../tally.ts";
import type { Gate, Verdict } from "./gate.ts";
import { GATES } from "./gates.ts";

const names = process.argv.slice(2);
const unknown = names.filter((name) => !GATES.some((gate) => gate.name === name));
if (unknown.length > 0) {
  console.error(`No such gate: ${unknown.join(", ")}. There are: ${GATES.map((gate) => gate.name).join(", ")}.`);
  process.exitCode = 2;
} else {
  process.exitCode = await runGates(GATES.filter((gate) => names.length === 0 || names.includes(gate.name)));
}

async function runGates(gates: readonly Gate[]): Promise<number> {
  const failed: string[] = [];
  for (const gate of gates) {
    const startedAt = performance.now();
    const verdict = await judge(gate);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    const facts = [gate.name, verdict.note, `${seconds} s`].filter((fact) => fact !== undefined).join(", ");
    console.log(`${verdict.passed ? "✓" : "✗"} ${gate.title} (${facts})`);
    if (verdict.passed) continue;
    failed.push(gate.name);
    console.log(`${verdict.output.replaceAll(/^/gm, "    ")}\n`);
  }
  if (failed.length > 0) console.log(`\nFailed: ${failed.join(", ")}. Again, alone: npm run verify -- ${failed[0]}`);
  console.log(lineOf({ passed: gates.length - failed.length, failed: failed.length }));
  return failed.length === 0 ? 0 : 1;
}

/** A gate that breaks has not passed; the others still run. */
async function judge(gate: Gate): Promise<Verdict> {
  try {
    return await gate.run();
  } catch (error) {
    return { passed: false, output: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
