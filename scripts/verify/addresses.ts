/**
 * Nothing of one machine or one network stands in the project: no absolute path of a person's disk, no package
 * registry. Whoever clones it has others.
 */
import type { TextRule } from "./text-rules.ts";

export const ADDRESS_RULES: readonly TextRule[] = [
  {
    // Not after a letter, a dot or a slash: those are URLs and relative paths.
    pattern:
      /(?<![\w.~}/:-])\/(?:home|Users|root|work|workspace|workspaces|private|mnt|tmp)\/[\w.-]+|\b[A-Z]:\\Users\\/g,
    message: "a path of one machine; make it relative, or use os.tmpdir()",
  },
  {
    pattern:
      /(?:\/\/|@)registry\.[\w.-]+|\bregistry\.(?:npmjs|yarnpkg)\.\w+|\bnpm\.pkg\.[\w.]+|^\s*(?:@[\w-]+:)?registry\s*=.*$/gim,
    message: "a package registry; which one to use is for each person's own npm settings",
  },
  {
    // The lockfile names packages by version and checksum, not by where one machine took them from.
    pattern: /"resolved": "(?:https?|git[+:])[^"]*"/g,
    message: "an address in the lockfile; .npmrc keeps npm from writing them",
  },
];
