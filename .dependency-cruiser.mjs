/**
 * Which part may import which: dsl ← engine ← runtime, dsl ← nodes ← runtime. Run by `npm run verify`, which also makes
 * sure that every module was seen.
 */
import { builtinModules } from "node:module";

/** Not part of what runs in production: tests, what they use, golden files, and programs for development. */
const TEST = String.raw`\.(test|fixture|config)\.tsx?$|/(test|e2e|golden|scripts)/`;
const NODE_MODULE = `^(node:)?(${builtinModules.join("|")})$`;

/**
 * A folder's production code reaches only what is listed.
 *
 * @param {string} folder
 * @param {readonly string[]} allowed Folders of the repository.
 * @returns {import("dependency-cruiser").IForbiddenRuleType}
 */
function reachesOnly(folder, allowed) {
  const names = allowed.map((entry) => entry.slice(entry.indexOf("/") + 1));
  return {
    name: `${folder.replace("/", "-")}-imports`,
    comment: `${folder} may import ${names.length === 0 ? "no other package" : names.join(", ")} of this repository.`,
    severity: "error",
    from: { path: `^${folder}/`, pathNot: TEST },
    to: {
      path: "^(packages|apps|examples|bench|scripts)/",
      pathNot: [folder, ...allowed].map((entry) => `^${entry}/`),
    },
  };
}

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Modules that need each other are one module, or share a third. Types count.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "resolvable",
      comment: "An import that leads nowhere is not checked by any other rule.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "declared",
      comment: "A package imports only what stands in its package.json; the tools of tests stand in the root's.",
      severity: "error",
      from: { path: "^(packages|apps|examples|bench)/", pathNot: TEST },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
    {
      name: "through-the-door",
      comment: "Another package is imported by its name, so that its exports are its only doors.",
      severity: "error",
      from: { path: "^((?:packages|apps|examples)/[^/]+|bench|scripts)/" },
      to: {
        path: String.raw`^(packages|apps|examples|bench|scripts)/.+\.m?ts$`,
        pathNot: "^$1/",
        dependencyTypes: ["local"],
        dependencyTypesNot: ["npm", "npm-dev", "npm-no-pkg", "aliased-workspace"],
      },
    },
    {
      name: "no-dev-dependencies",
      comment: "What runs in production is not a development dependency.",
      severity: "error",
      from: { path: "^(packages|apps|examples)/[^/]+/(src|bin)/", pathNot: `${TEST}|^packages/testkit/` },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "no-testkit-in-production",
      comment: "The testkit is for tests.",
      severity: "error",
      from: { pathNot: `${TEST}|^packages/testkit/|^bench/` },
      to: { path: "^packages/testkit/" },
    },
    {
      name: "no-tests-in-production",
      comment: "Nothing imports a test.",
      severity: "error",
      from: { pathNot: TEST },
      to: { path: String.raw`\.test\.ts$` },
    },

    reachesOnly("packages/dsl", []),
    reachesOnly("packages/engine", ["packages/dsl"]),
    reachesOnly("packages/nodes", ["packages/dsl"]),
    // Tests run on the same embedded Postgres as the product, started by the same code.
    reachesOnly("packages/testkit", [
      "packages/dsl",
      "packages/engine",
      "packages/nodes",
      "apps/runtime/src/embedded-postgres",
    ]),
    // What authors of node types have: it knows what they may, and of the runtime nothing.
    reachesOnly("packages/kit", ["packages/dsl", "packages/engine", "packages/nodes"]),
    reachesOnly("examples/shop", []),
    reachesOnly("examples/payment", ["packages/kit"]),
    // The example comes along: its shop, and what it pays with.
    reachesOnly("apps/runtime", [
      "packages/dsl",
      "packages/engine",
      "packages/nodes",
      "examples/payment",
      "examples/shop",
    ]),
    reachesOnly("apps/designer", ["packages/dsl", "packages/engine", "packages/nodes", "apps/runtime"]),

    {
      name: "designer-takes-types-of-the-runtime",
      comment: "The designer runs in a browser: of the runtime it sees only types.",
      severity: "error",
      from: { path: "^apps/designer/" },
      to: { path: "^apps/runtime/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "pure-packages",
      comment: "The document and the interpreter run anywhere: no module of Node.",
      severity: "error",
      from: { path: "^packages/(dsl|engine)/src/", pathNot: TEST },
      to: { path: NODE_MODULE },
    },
    {
      name: "engine-knows-the-document-alone",
      comment: "The interpreter has no dependency but the document.",
      severity: "error",
      from: { path: "^packages/engine/src/", pathNot: TEST },
      to: { path: "node_modules/" },
    },
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: String.raw`(^|/)(dist|coverage|fixtures)/` },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
      extensions: [".ts", ".mjs", ".js", ".json"],
    },
  },
};
