import { resolve } from "node:path";
import type { Command } from "commander";
import { isLoopbackAddress } from "../../api/loopback.ts";
import { DEFAULT_PORT, type Config } from "../../config/config.ts";
import { startEmbeddedPostgres } from "../../embedded-postgres/index.ts";
import { createLogger } from "../../log/logger.ts";
import { CliError } from "../cli-error.ts";
import { localCommand, type CommonOptions, type Tools } from "../command.ts";
import { startDemo } from "../serve/demo.ts";
import { ensureAdministrator } from "../serve/administrator.ts";
import { databaseLost, Lifetime } from "../serve/lifetime.ts";
import { setUpLines } from "../serve/set-up-lines.ts";
import { listen } from "../serve/listener.ts";
import { prepareDatabase } from "../serve/prepare-database.ts";
import { startProcess } from "../serve/process.ts";
import { toldConfig } from "../serve/told-config.ts";

interface UpOptions extends CommonOptions {
  readonly data: string;
  readonly port?: string;
  readonly host?: string;
  readonly demo?: boolean;
}

/** `holdfast up`: everything in one process, with a database of its own unless DATABASE_URL names one. */
export const upCommand = (tools: Tools): Command =>
  localCommand("up", "run everything: database, server and worker")
    .option("--data <dir>", "the folder for what lasts", ".holdfast")
    .option("-p, --port <port>", `the port to listen on, 0 for any free one (HOLDFAST_PORT, else ${DEFAULT_PORT})`)
    .option("--host <address>", "the address to listen on (HOLDFAST_HOST, else 127.0.0.1)")
    .option("--demo", "with the refund example, its shop, people with known passwords, and time that can be moved")
    .action((options: UpOptions) => up(tools, options));

async function up(tools: Tools, options: UpOptions): Promise<void> {
  const { io } = tools;
  const config = toldConfig(tools.io.env, options);
  if (options.demo === true && !isLoopbackAddress(config.host)) {
    throw new CliError(
      "demo_is_local",
      `the demo has known passwords and an open page: it listens on 127.0.0.1 only, not on ${config.host}`,
    );
  }
  if (options.demo === true && config.publicUrl !== undefined) {
    throw new CliError("demo_is_local", "the demo has known passwords: it has no HOLDFAST_PUBLIC_URL");
  }
  const dir = resolve(io.cwd, options.data);
  // People look at this terminal: it tells what needs them.
  const logger = createLogger({ level: config.logLevel ?? "warn", scrubber: config.scrubber });
  const progress = (message: string): void => {
    if (options.json !== true) io.err(`${message} …`);
  };
  const lifetime = new Lifetime();

  await lifetime.run(
    async () => {
      const listener = await listen(config.host, config.port);
      // Before the process that serves is there, the listener is nobody else's to close.
      await lifetime.add(() => listener.close(0));
      const databaseUrl = config.databaseUrl?.reveal() ?? (await embedded(dir, config, lifetime, progress));
      if (await prepareDatabase(databaseUrl)) progress("The database is prepared");

      const demo =
        options.demo === true
          ? await startDemo({ dir, databaseUrl, config, lifetime, progress, url: listener.url })
          : undefined;
      const running = await startProcess({
        role: "all",
        config: demo?.config ?? config,
        databaseUrl,
        logger,
        listener,
        data: dir,
        workspace: tools.io.cwd,
        onFatal: (error) => lifetime.fail(error),
        ...(demo === undefined ? {} : { demo: demo.mode }),
      });
      await lifetime.add(() => running.stop());
      const administrator = demo === undefined ? await ensureAdministrator(running.host.database, dir) : undefined;
      await demo?.deploy(running.host.services);

      const result = { url: listener.url, ...(demo === undefined ? {} : { demo: demo.file, shop: demo.shop }) };
      tools.tell(options.json === undefined ? {} : { json: options.json }, result, () => [
        ...(demo?.lines ?? []),
        ...setUpLines(running.setUpCode),
        ...(administrator === undefined ? [] : [`The first administrator's key is in ${administrator}`]),
        `Holdfast is ready at ${listener.url}`,
      ]);
    },
    () => progress("Stopping"),
  );
}

async function embedded(
  dir: string,
  config: Config,
  lifetime: Lifetime,
  progress: (message: string) => void,
): Promise<string> {
  const postgres = await startEmbeddedPostgres({
    dir,
    onProgress: ({ phase, message }) => {
      if (phase !== "ready") progress(message);
    },
  });
  config.scrubber.add(new URL(postgres.url).password);
  let stopping = false;
  await lifetime.add(() => {
    stopping = true;
    return postgres.stop();
  });
  void postgres.ended.then(() => {
    if (!stopping) lifetime.fail(databaseLost());
  });
  return postgres.url;
}
