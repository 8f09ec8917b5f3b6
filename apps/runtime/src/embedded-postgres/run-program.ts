import { type ExecFileOptions, execFile } from "node:child_process";

/** A program that ended with an error. */
export class ProgramError extends Error {
  override readonly name = "ProgramError";
  /** What it had to say. */
  readonly stderr: string;

  constructor(cause: Error, stderr: string) {
    super(cause.message, { cause });
    this.stderr = stderr;
  }
}

/**
 * Runs a program to its end.
 *
 * @returns what it printed.
 * @throws ProgramError if it can't be executed or its exit code is not 0.
 */
export function runProgram(file: string, args: readonly string[], options: ExecFileOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, args, { ...options, encoding: "utf8" }, (error, stdout, stderr) => {
      if (error) reject(new ProgramError(error, stderr));
      else resolve(stdout);
    });
  });
}
