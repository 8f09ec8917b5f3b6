/** `npm run bench`: measures Holdfast and its peers side by side on one Postgres, and judges it by its targets. */
import type { Bench } from "./bench.ts";
import { type Options, readOptions, USAGE } from "./options.ts";
import { Findings } from "./report/findings.ts";
import { describeMachine } from "./report/machine.ts";
import { reportText } from "./report/report-text.ts";
import { type Failure, report, type Report } from "./report/report.ts";
import { SCENARIOS } from "./scenarios.ts";
import { Server } from "./server/server.ts";
import { FULL, QUICK } from "./sizes.ts";

const began = performance.now();

/** Progress goes where it does not mix with the report. */
function say(text: string): void {
  const seconds = Math.round((performance.now() - began) / 1_000);
  process.stderr.write(`${String(seconds).padStart(5)} s  ${text}\n`);
}

async function measure(options: Options): Promise<Report> {
  const startedAt = new Date();
  const server = await Server.open(options.database);
  try {
    const machine = describeMachine(server.version);
    const findings = new Findings();
    const failures: Failure[] = [];
    const bench: Bench = { server, findings, say, sizes: options.quick ? QUICK : FULL };
    for (const scenario of SCENARIOS) {
      if (options.only.length > 0 && !options.only.includes(scenario.name)) continue;
      try {
        await scenario.run(bench);
      } catch (error) {
        // What the other scenarios find out is worth having.
        const message = error instanceof Error ? error.message : String(error);
        failures.push({ scenario: scenario.name, message });
        say(`${scenario.name} failed: ${message}`);
      }
    }
    return report({ startedAt, endedAt: new Date(), quick: options.quick, machine, findings, failures });
  } finally {
    await server.close();
  }
}

async function main(args: readonly string[]): Promise<void> {
  let options: Options;
  try {
    options = readOptions(
      args,
      SCENARIOS.map((scenario) => scenario.name),
    );
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    process.exitCode = 2;
    return;
  }
  const written = await measure(options);
  process.stdout.write(options.json ? `${JSON.stringify(written, undefined, 2)}\n` : reportText(written));
  // Missed targets are findings; what could not be measured is a failure.
  if (written.failures.length > 0) process.exitCode = 1;
}

await main(process.argv.slice(2));
