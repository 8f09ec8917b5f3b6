import { runCli } from "./cli.ts";
import { processIo } from "./io.ts";

/** Milliseconds in which what was written goes out. */
const LINGER_MS = 2_000;

process.exitCode = await runCli(process.argv.slice(2), processIo());
// What an attempt that was given up leaves behind, such as the clock of its time limit, is nothing to stay for.
setTimeout(() => process.exit(), LINGER_MS).unref();
