/** Every command, in the order in which help tells them. */
import type { Command } from "commander";
import type { Tools } from "./command.ts";
import { auditCommand } from "./commands/audit.ts";
import { credentialsCommand } from "./commands/credentials.ts";
import { databaseCommand } from "./commands/database.ts";
import { deployCommand } from "./commands/deploy.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { incidentsCommand } from "./commands/incidents.ts";
import { keysCommand } from "./commands/keys.ts";
import { nodeCommand } from "./commands/node.ts";
import { runsCommand } from "./commands/runs.ts";
import { sendCommand } from "./commands/send.ts";
import { serverCommandOfOne } from "./commands/server.ts";
import { startCommand } from "./commands/start.ts";
import { tasksCommand } from "./commands/tasks.ts";
import { testCommand } from "./commands/test.ts";
import { upCommand } from "./commands/up.ts";
import { validateCommand } from "./commands/validate.ts";
import { workerCommand } from "./commands/worker.ts";

export const COMMANDS: readonly ((tools: Tools) => Command)[] = [
  upCommand,
  serverCommandOfOne,
  workerCommand,
  validateCommand,
  testCommand,
  nodeCommand,
  deployCommand,
  startCommand,
  sendCommand,
  runsCommand,
  tasksCommand,
  incidentsCommand,
  keysCommand,
  credentialsCommand,
  auditCommand,
  databaseCommand,
  doctorCommand,
];
