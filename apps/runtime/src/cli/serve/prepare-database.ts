import { migrate } from "../../database/migrate.ts";
import { CliError } from "../cli-error.ts";
import { reasonOf } from "../reason.ts";

/** Nobody there, nobody known by that name, not let in, or no such database. */
const UNREACHABLE =
  /ECONNREFUSED|ECONNRESET|ENOTFOUND|EHOSTUNREACH|ETIMEDOUT|password authentication|does not exist|no pg_hba/;

/**
 * Brings the tables up to date.
 * @returns Whether there was anything to do.
 * @throws CliError `database_unreachable`, or what the migration says.
 */
export async function prepareDatabase(url: string): Promise<boolean> {
  try {
    const { applied } = await migrate(url);
    return applied.length > 0;
  } catch (error) {
    const reason = reasonOf(error);
    if (!UNREACHABLE.test(reason) || reason.startsWith("migration ")) throw error;
    throw new CliError(
      "database_unreachable",
      `the database does not let us in: ${reason}; see that it runs and that DATABASE_URL is right`,
    );
  }
}
