import { type FlowDocument, manifestsFor } from "@holdfast/dsl";
import { runScenario, type ScenarioResult } from "@holdfast/engine/simulate";
import { controlNodes } from "@holdfast/nodes/control";
import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { localCommand, type CommonOptions, type Tools } from "../command.ts";
import { readJsonFile } from "../read-file.ts";
import { manifestsOf, requireValid } from "./validate.ts";

interface TestOptions extends CommonOptions {
  readonly with: readonly string[];
}

/** `holdfast test`: plays the scenarios of a document on the real engine with a virtual clock. */
export const testCommand = (tools: Tools): Command =>
  localCommand("test", "play the tests of a flow, without a server")
    .argument("<file>")
    .option("--with <file...>", "documents of flows that it calls", [])
    .action(async (file: string, options: TestOptions) => {
      const manifests = await manifestsOf(tools.io);
      const flow = requireValid(file, await readJsonFile(tools.io, file), manifests);
      const flows = new Map<string, FlowDocument>([[flow.id, flow]]);
      for (const other of options.with) {
        const called = requireValid(other, await readJsonFile(tools.io, other), manifests);
        flows.set(called.id, called);
      }
      const scenarios = flow.tests ?? [];
      if (scenarios.length === 0) throw new CliError("no_tests", `${file} has no tests`);
      const setup = { flow, flows, controls: controlNodes, manifests: manifestsFor(flow, manifests) };
      const results = scenarios.map((scenario) => ({ name: scenario.name, ...runScenario(setup, scenario) }));
      const failed = results.filter((result) => !result.passed).length;
      const passed = results.length - failed;
      tools.tell(options, { passed, failed, results }, () => [
        ...results.flatMap(resultLines),
        `${passed} passed, ${failed} failed`,
      ]);
      if (failed > 0) throw new CliError("tests_failed", `${failed} of ${results.length} tests of ${file} failed`);
    });

const resultLines = ({ name, passed, failures }: ScenarioResult & { readonly name: string }): string[] => [
  `${passed ? "passed" : "FAILED"}  ${name}`,
  ...failures.map(({ pointer, message }) => `        ${pointer}  ${message}`),
];
