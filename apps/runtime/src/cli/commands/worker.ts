import type { Command } from "commander";
import { localCommand, type Tools } from "../command.ts";
import { serve, type ServeOptions } from "./server.ts";

/** `holdfast worker`: moves runs; any number of them, on any number of machines, share one database. */
export const workerCommand = (tools: Tools): Command =>
  localCommand("worker", "move runs; serves health and metrics if given a port")
    .option("-p, --port <port>", "serve /healthz, /readyz and /metrics on this port")
    .option("--host <address>", "the address to listen on (HOLDFAST_HOST, else 127.0.0.1)")
    .action((options: ServeOptions) => serve(tools, options, "worker"));
