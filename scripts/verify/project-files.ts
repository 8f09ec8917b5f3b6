import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

/**
 * The files that belong to the project: those in git, and those that are new and not ignored.
 *
 * @param root A git repository.
 * @returns Paths relative to the root, with forward slashes, sorted.
 */
export function projectFiles(root: string): string[] {
  // The repository may belong to somebody else than who checks it; nothing is executed from it.
  const args = ["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const output = execFileSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  const files = new Set(output.split("\0").filter((file) => file !== ""));
  return [...files].filter((file) => existsSync(path.join(root, file))).toSorted();
}
