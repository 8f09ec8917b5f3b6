import type { Command } from "commander";
import { localCommand, type Tools } from "../command.ts";
export const doctorCommand = (tools: Tools): Command =>
  localCommand("doctor", "check the installation").action(() => {
    tools.io.out("todo");
  });
