/** Gathers what `decide` answers: commands in order, and the next time at which there would be more. */
import type { Command, Decision } from "./command.ts";

export class Agenda {
  readonly now: number;
  readonly commands: Command[] = [];
  #wakeAt: number | undefined;

  constructor(now: number) {
    this.now = now;
  }

  add(command: Command): void {
    this.commands.push(command);
  }

  /** True if the time has come; else it will be asked again then. */
  isDue(at: number): boolean {
    if (at <= this.now) return true;
    if (this.#wakeAt === undefined || at < this.#wakeAt) this.#wakeAt = at;
    return false;
  }

  decision(): Decision {
    return this.#wakeAt === undefined ? { commands: this.commands } : { commands: this.commands, wakeAt: this.#wakeAt };
  }
}
