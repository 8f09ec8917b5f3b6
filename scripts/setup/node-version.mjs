/**
 * The oldest Node that can run the scripts which install the rest. Everything else runs on the Node 24 that comes as
 * a development dependency.
 */
const OLDEST_NODE = 20;

/** The first Node that runs the TypeScript source as it is. */
export const PRODUCT_NODE = 24;

/**
 * @param {string} version As in `process.versions.node`.
 * @returns {number} The major version.
 */
export function majorOf(version) {
  return Number.parseInt(version, 10);
}

/**
 * @param {string} version As in `process.versions.node`.
 * @returns {string | undefined} Why this Node can't be used, as one line for a person.
 */
export function refusal(version) {
  if (majorOf(version) >= OLDEST_NODE) return undefined;
  return `Holdfast needs Node ${OLDEST_NODE} or later; this is Node ${version}.`;
}
