/**
 * Compares what the lockfile wants with what npm last wrote down as installed (`node_modules/.package-lock.json`, its
 * own record, written only when an installation has ended well). So a fresh clone, a new branch, an interrupted
 * installation and a folder carried over from another system are all seen, and a plain `npm install` is respected.
 */

import { readFileSync } from "node:fs";

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [dev]
 * @property {boolean} [optional]
 * @property {boolean} [link]
 * @property {readonly string[]} [os]
 * @property {readonly string[]} [cpu]
 * @property {readonly string[]} [libc]
 * @property {Readonly<Record<string, string>>} [optionalDependencies]
 *
 * @typedef {object} Lockfile
 * @property {Readonly<Record<string, LockedPackage>>} packages By path, such as `node_modules/pg`.
 *
 * @typedef {object} Platform
 * @property {string} os As in `process.platform`.
 * @property {string} cpu As in `process.arch`.
 */

/**
 * @param {string} file
 * @returns {Lockfile | undefined} Nothing if there is none, or only half of one.
 */
export function readLockfile(file) {
  try {
    /** @type {unknown} */
    const content = JSON.parse(readFileSync(file, "utf8"));
    return isLockfile(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The paths of the packages that belong into `node_modules` on this platform.
 *
 * @param {Lockfile} lockfile
 * @param {Platform} platform
 * @returns {string[]}
 */
export function wantedPaths(lockfile, platform) {
  return Object.entries(lockfile.packages)
    .filter(([path, locked]) => path.includes("node_modules/") && !locked.link && fits(locked, platform))
    .map(([path]) => path);
}

/**
 * Whether everything that the lockfile wants is installed in the version that it wants. An optional package may be
 * missing: npm leaves it out where it can't be built.
 *
 * @param {Lockfile} lockfile
 * @param {Lockfile | undefined} installed
 * @param {Platform} platform
 * @returns {boolean}
 */
export function isInstalled(lockfile, installed, platform) {
  if (installed === undefined) return false;
  if (Object.values(installed.packages).some((found) => !fits(found, platform))) return false;
  return wantedPaths(lockfile, platform).every((path) => {
    const wanted = lockfile.packages[path];
    const found = installed.packages[path];
    if (found === undefined) return wanted?.optional === true;
    return found.version === wanted?.version && found.integrity === wanted?.integrity;
  });
}

/**
 * @param {LockedPackage} locked
 * @param {Platform} platform
 */
function fits(locked, platform) {
  return listed(locked.os, platform.os) && listed(locked.cpu, platform.cpu);
}

/**
 * @param {readonly string[] | undefined} list As in a package.json: names, or names that are excluded, such as `!win32`.
 * @param {string} name
 */
function listed(list, name) {
  if (list === undefined) return true;
  if (list.includes(`!${name}`)) return false;
  return list.includes(name) || list.every((entry) => entry.startsWith("!"));
}

/**
 * @param {unknown} content
 * @returns {content is Lockfile} The format is npm's own; it is only told from half a file or another one.
 */
function isLockfile(content) {
  if (typeof content !== "object" || content === null || !("packages" in content)) return false;
  return typeof content.packages === "object" && content.packages !== null;
}
