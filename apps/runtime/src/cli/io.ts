import { text } from "node:stream/consumers";

/** What a command touches of the world, so that tests can stand in for it. */
export interface CliIo {
  /** A line of the result. */
  readonly out: (line: string) => void;
  /** A line about the work: progress and errors. */
  readonly err: (line: string) => void;
  readonly env: { readonly [name: string]: string | undefined };
  readonly cwd: string;
  /** Everything on standard input. */
  readonly stdin: () => Promise<string>;
}

export const processIo = (): CliIo => ({
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  env: process.env,
  cwd: process.cwd(),
  stdin: () => text(process.stdin),
});
