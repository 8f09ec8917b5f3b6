/** A migrated database of its own for a test file. */
import { createHash } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@holdfast/testkit/test-database";
import { migrate, readMigrations } from "../../src/database/migrate.ts";
import { createPool } from "../../src/database/pool.ts";
import { REQUIRE_ENTRIES } from "./audited-writes.ts";

export async function createRuntimeDatabase(): Promise<TestDatabase> {
  const migrations = await readMigrations();
  const digest = createHash("sha256")
    .update([...migrations.map((migration) => migration.sql), REQUIRE_ENTRIES].join("\n"))
    .digest("hex");
  return createTestDatabase({
    template: {
      key: `runtime_${digest.slice(0, 16)}`,
      prepare: async (url) => {
        await migrate(url);
        const pool = createPool({ url, max: 1, name: "test", onError: () => {} });
        await pool.query(REQUIRE_ENTRIES);
        await pool.end();
      },
    },
  });
}
