import { ConfigError, readConfig, type Config } from "../../config/config.ts";

interface Told {
  readonly port?: string;
  readonly host?: string;
}

/**
 * The environment, with what the command line says instead.
 * @throws ConfigError whose lines name the option where the value is that of an option
 */
export function toldConfig(env: Parameters<typeof readConfig>[0], { port, host }: Told): Config {
  try {
    return readConfig({
      ...env,
      ...(port === undefined ? {} : { HOLDFAST_PORT: port }),
      ...(host === undefined ? {} : { HOLDFAST_HOST: host }),
    });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const names: (readonly [variable: string, option: string])[] = [];
    if (port !== undefined) names.push(["HOLDFAST_PORT ", "--port "]);
    if (host !== undefined) names.push(["HOLDFAST_HOST ", "--host "]);
    throw new ConfigError(
      error.lines.map((line) => {
        const name = names.find(([variable]) => line.startsWith(variable));
        return name === undefined ? line : line.replace(...name);
      }),
    );
  }
}
