import type { Command } from "commander";
import { createPool } from "../../database/pool.ts";
import { examine } from "../../doctor/examine.ts";
import { problem, type Finding } from "../../doctor/finding.ts";
import { CliError } from "../cli-error.ts";
import { localCommand, type CommonOptions, type Tools } from "../command.ts";
import { findDatabaseUrl } from "../database-url.ts";
import { reasonOf } from "../reason.ts";

const MARKS: Readonly<Record<Finding["state"], string>> = { ok: "ok     ", warning: "warning", problem: "PROBLEM" };

/** `holdfast doctor`: what is wrong with an installation, and what to do. */
export const doctorCommand = (tools: Tools): Command =>
  localCommand("doctor", "check database, versions, clock, workers, queue and runs, and say what to do")
    .option("--data <dir>", "the folder of holdfast up, where DATABASE_URL is not set", ".holdfast")
    .action(async (options: CommonOptions & { readonly data: string }) => {
      const findings = await examineAt(await findDatabaseUrl(tools.io, options.data));
      const problems = findings.filter((finding) => finding.state === "problem").length;
      tools.tell(options, { healthy: problems === 0, findings }, () =>
        findings.flatMap(({ check, state, detail, advice }) => [
          `${MARKS[state]}  ${check}: ${detail}`,
          ...(advice === undefined ? [] : [`         ${advice}`]),
        ]),
      );
      if (problems > 0) {
        throw new CliError("unhealthy", problems === 1 ? "there is a problem" : `there are ${problems} problems`);
      }
    });

async function examineAt(url: string): Promise<readonly Finding[]> {
  const pool = createPool({ url, max: 1, name: "doctor", onError: () => undefined });
  try {
    return await examine(pool, Date.now);
  } catch (error) {
    return [
      problem("database", `it does not answer: ${reasonOf(error)}`, "see that it runs and that DATABASE_URL is right"),
    ];
  } finally {
    await pool.end();
  }
}
