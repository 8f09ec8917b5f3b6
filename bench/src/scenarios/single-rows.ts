/** What the server does at best: one-row inserts, each its own commit, prepared. */
import pg from "pg";
import type { Bench, Scenario } from "../bench.ts";
import { closedLoop } from "../load/closed-loop.ts";

export const singleRows: Scenario = {
  name: "single-rows",
  async run({ server, sizes, findings, say }: Bench) {
    const url = await server.createDatabase("rows");
    for (const clients of [1, 32]) {
      say(`single-row commits, ${clients} at a time`);
      const pool = new pg.Pool({ connectionString: url, max: clients });
      await pool.query(
        "create table if not exists rows (id bigint generated always as identity primary key, text text)",
      );
      const insert = async (): Promise<void> => {
        await pool.query({ name: "insert", text: "insert into rows (text) values ($1)", values: ["a row"] });
      };
      await closedLoop({ at: clients, forMs: sizes.warmUpMs / 2 }, insert);
      for (let round = 0; round < sizes.rounds; round++) {
        const { runsPerSecond } = await closedLoop({ at: clients, forMs: sizes.measureMs / 2 }, insert);
        findings.add(`postgres.commitsPerSecond.at${clients}`, runsPerSecond, "commits/s");
      }
      await pool.end();
    }
  },
};
