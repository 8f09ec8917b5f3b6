import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { EmbeddedPostgresError, reasonOf, systemCode } from "./errors.ts";
import { ProgramError, runProgram } from "./run-program.ts";

/** The one role and database of an embedded server. */
export const ROLE = "holdfast";

export interface NewCluster {
  readonly binaries: Binaries;
  /** Must not exist yet; its parent must. */
  readonly dataDir: string;
  readonly account: Account | undefined;
  readonly password: string;
  /** `false` leaves it to the operating system when files reach the disk: for tests. Default `true`. */
  readonly sync?: boolean;
}

/**
 * Makes an empty database cluster. It appears at `dataDir` complete or not at all.
 *
 * @throws EmbeddedPostgresError `not_writable`, `init_failed`
 */
export async function createCluster(cluster: NewCluster): Promise<void> {
  const { dataDir, account, password } = cluster;
  const staging = `${dataDir}.new`;
  // Beside the data, where the account gets; root's own folder for temporary files may be closed to it.
  const secrets = `${dataDir}.secret`;
  const passwordFile = join(secrets, "password");
  try {
    for (const path of [secrets, staging]) {
      await rm(path, { recursive: true, force: true });
      await mkdir(path, { mode: 0o700 });
    }
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (account) {
      for (const path of [secrets, passwordFile, staging]) await chown(path, account.uid, account.gid);
    }
    await initialize({ ...cluster, dataDir: staging }, passwordFile);
    await chmod(staging, 0o700);
    await rename(staging, dataDir);
  } catch (error) {
    await rm(staging, { recursive: true, force: true }).catch(() => undefined);
    throw error instanceof EmbeddedPostgresError ? error : unwritable(dataDir, error);
  } finally {
    await rm(secrets, { recursive: true, force: true });
  }
}

async function initialize(
  { binaries, dataDir, account, sync = true }: NewCluster,
  passwordFile: string,
): Promise<void> {
  const options = [
    `--pgdata=${dataDir}`,
    `--username=${ROLE}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    // Built into Postgres: the order of texts depends on no library and no setting of the machine.
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--no-instructions",
    ...(sync ? [] : ["--no-sync"]),
  ];
  try {
    await runProgram(binaries.initdb, options, { cwd: "/", env: serverEnvironment(), ...account });
  } catch (error) {
    throw new EmbeddedPostgresError("init_failed", `Postgres could not create ${dataDir}: ${lastWords(error)}`, {
      cause: error,
    });
  }
}

/** Without the caller's `PG*` and locale variables, which would change what the programs do. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, TMPDIR } = process.env;
  return {
    ...(PATH === undefined ? {} : { PATH }),
    ...(TMPDIR === undefined ? {} : { TMPDIR }),
    LC_ALL: "C",
    TZ: "UTC",
  };
}

/** @throws EmbeddedPostgresError `wrong_version`, `data_incomplete` */
export async function checkVersion(dataDir: string, binaries: Binaries): Promise<void> {
  const text = await readFile(join(dataDir, "PG_VERSION"), "utf8").catch((error: unknown) => {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) {
    throw new EmbeddedPostgresError(
      "data_incomplete",
      `${dataDir} is not a Postgres database. Remove it, or choose another --data folder.`,
    );
  }
  const major = Number.parseInt(text, 10);
  if (major === binaries.major) return;
  throw new EmbeddedPostgresError(
    "wrong_version",
    `${dataDir} was written by Postgres ${major} and this is Postgres ${binaries.major}. ` +
      "Move the data with pg_dump, or choose another --data folder.",
  );
}

function unwritable(path: string, error: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError("not_writable", `Can't create ${path}: ${reasonOf(error)}.`, { cause: error });
}

function lastWords(error: unknown): string {
  const text = error instanceof ProgramError && error.stderr !== "" ? error.stderr : String(error);
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const telling = lines.find((line) => /error|fatal|could not/i.test(line)) ?? lines.at(-1) ?? "no reason given";
  return telling.replace(/^initdb: (error: )?/, "").trim();
}
