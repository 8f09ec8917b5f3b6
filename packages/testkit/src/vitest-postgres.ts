/** For `globalSetup` of vitest: offers one Postgres to all test files of a run and takes it away at the end. */
import type { TestProject } from "vitest/node";
import { offerSharedPostgres } from "./shared-postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where test files learn the database server's URL. */
    holdfastPostgres: string;
  }
}

/** Under which name test files find it. */
export type ProvidedPostgres = "holdfastPostgres";

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = await offerSharedPostgres(process.env["HOLDFAST_TEST_DATABASE_URL"]);
  project.provide("holdfastPostgres", shared.address);
  return () => shared.close();
}
