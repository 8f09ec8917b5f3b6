import { resolve } from "node:path";
import type { Command } from "commander";
import { DEFAULT_PORT } from "../../config/config.ts";
import { createLogger } from "../../log/logger.ts";
import { CliError } from "../cli-error.ts";
import { localCommand, type CommonOptions, type Tools } from "../command.ts";
import { Lifetime } from "../serve/lifetime.ts";
import { setUpLines } from "../serve/set-up-lines.ts";
import { listen } from "../serve/listener.ts";
import { prepareDatabase } from "../serve/prepare-database.ts";
import { startProcess } from "../serve/process.ts";
import { toldConfig } from "../serve/told-config.ts";

export interface ServeOptions extends CommonOptions {
  readonly port?: string;
  readonly host?: string;
  readonly data?: string;
}

/** `holdfast server`: the API, without working; any number of them share one database. */
export const serverCommandOfOne = (tools: Tools): Command =>
  localCommand("server", "serve the API; runs are moved by workers")
    .option("-p, --port <port>", `the port to listen on (HOLDFAST_PORT, else ${DEFAULT_PORT})`)
    .option("--host <address>", "the address to listen on (HOLDFAST_HOST, else 127.0.0.1)")
    .option("--data <dir>", "the folder for the key and the signed heads of the audit", ".holdfast")
    .action((options: ServeOptions) => serve(tools, options, "server"));

/** Serves or works until told to stop. */
export async function serve(tools: Tools, options: ServeOptions, role: "server" | "worker"): Promise<void> {
  const config = toldConfig(tools.io.env, options);
  const databaseUrl = config.databaseUrl?.reveal();
  if (databaseUrl === undefined) {
    throw new CliError("no_database", `holdfast ${role} needs DATABASE_URL; holdfast up brings a database of its own`);
  }
  const logger = createLogger({ level: config.logLevel ?? "info", scrubber: config.scrubber });
  const lifetime = new Lifetime();
  await lifetime.run(
    async () => {
      // A worker has no door unless it is given one: several may stand on one computer.
      const listener =
        role === "server" || options.port !== undefined ? await listen(config.host, config.port) : undefined;
      if (listener !== undefined) await lifetime.add(() => listener.close(0));
      await prepareDatabase(databaseUrl);
      const onFatal = (error: unknown): void => lifetime.fail(error);
      const running = await startProcess({
        role,
        config,
        databaseUrl,
        logger,
        listener,
        workspace: tools.io.cwd,
        onFatal,
        ...(options.data === undefined ? {} : { data: resolve(tools.io.cwd, options.data) }),
      });
      await lifetime.add(() => running.stop());
      const result = { role, ...(listener === undefined ? {} : { url: listener.url }) };
      tools.tell(options, result, () => [
        ...setUpLines(running.setUpCode),
        listener === undefined ? `The ${role} is ready` : `The ${role} is ready at ${listener.url}`,
      ]);
    },
    () => logger.info("stopping"),
  );
}
