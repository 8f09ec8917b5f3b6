/** A package under development: when a file of it changes, its code is read anew. */
import { type Dirent, type FSWatcher, readdirSync, watch } from "node:fs";
import { registerHooks } from "node:module";
import path from "node:path";
import { GENERATION } from "./load-package.ts";

/** Editors write a file in several strokes. Milliseconds. */
const SETTLED_MS = 80;
const IGNORED = /(^|[/\\])(node_modules|\.git|\.[^/\\]*\.sw[a-z]|4913)([/\\]|$)|~$|\.test\.[cm]?[jt]sx?$/;

/**
 * Calls `changed` when files have changed and stay as they are for a moment. Ends with what it gives.
 *
 * Each folder is watched by itself: a watch of a file ends where an editor puts another file in its place, and that is
 * how most of them save.
 */
export function watchPackage(dir: string, changed: () => void): () => void {
  const watched = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  const heard = (_: string, file: string | null): void => {
    if (file === null || IGNORED.test(file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      watchFolders();
      changed();
    }, SETTLED_MS);
  };
  const watchFolders = (): void => {
    for (const folder of foldersIn(dir)) {
      if (watched.has(folder)) continue;
      const watcher = watch(folder, { persistent: false }, heard);
      // A folder that goes away is noticed when the package is loaded the next time.
      watcher.on("error", () => {
        watcher.close();
        watched.delete(folder);
      });
      watched.set(folder, watcher);
    }
  };
  watchFolders();
  return () => {
    clearTimeout(timer);
    for (const watcher of watched.values()) watcher.close();
  };
}

/** The folder and those in it. */
function foldersIn(dir: string): readonly string[] {
  let entries: readonly Dirent[] = [];
  try {
    entries = readdirSync(dir, { withFileTypes: true });
  } catch {
    return [];
  }
  return [
    dir,
    ...entries.flatMap((entry) =>
      entry.isDirectory() && !IGNORED.test(entry.name) ? foldersIn(path.join(dir, entry.name)) : [],
    ),
  ];
}

let hooked = false;

/**
 * Modules are read once per address. What a module of a new generation imports from its own package is of that
 * generation too.
 */
export function readAnewWithEntry(): void {
  if (hooked) return;
  hooked = true;
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      const parent = context.parentURL;
      if (parent === undefined || !parent.includes(`?${GENERATION}=`) || !specifier.startsWith(".")) return resolved;
      return resolved.url.includes("?")
        ? resolved
        : { ...resolved, url: `${resolved.url}${parent.slice(parent.indexOf("?"))}` };
    },
  });
}

/** Whether somebody works on the package: npm's own folder is nobody's workshop. */
export const isWorkshop = (dir: string): boolean => !dir.split(path.sep).includes("node_modules");
