/** The report for people: what was reached, what was missed, and all figures. */
import type { Ratio } from "./ratio.ts";
import type { Report } from "./report.ts";

export function reportText(report: Report): string {
  const { machine, ratios, figures, failures } = report;
  const names = [...Object.keys(ratios), ...Object.keys(figures)];
  const width = Math.max(0, ...names.map((name) => name.length));
  return [
    `${machine.cpus} × ${machine.cpu}, ${machine.memoryGb} GB, Node ${machine.node}, Postgres ${machine.postgres}, load ${machine.load}`,
    ...(report.quick ? ["Sizes for development: these numbers say nothing."] : []),
    "",
    ...Object.entries(ratios).map(([name, ratio]) => ratioLine(name.padEnd(width), ratio)),
    ...failures.map(({ scenario, message }) => `FAILED   ${scenario}: ${message}`),
    "",
    ...Object.entries(figures).map(([name, { value, unit, rounds }]) => {
      const all = rounds === undefined ? "" : `  (${rounds.join(", ")})`;
      return `         ${name.padEnd(width)}  ${value} ${unit}${all}`;
    }),
    "",
  ].join("\n");
}

function ratioLine(name: string, { value, unit, target, met, missedBy }: Ratio): string {
  const bound = "atLeast" in target ? `at least ${target.atLeast}` : `at most ${target.atMost}`;
  const verdict = met ? "reached " : "missed  ";
  const share = met ? "" : `, missed by ${Math.round(missedBy * 100)} %`;
  return `${verdict} ${name}  ${value} ${unit} (${bound}${share})`;
}
