/** Every gate, the quick ones first. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { missingPackages } from "../lockfile/platform-packages.ts";
import { checkNodeDocs } from "../node-docs/node-docs.ts";
import { ROOT } from "../root.ts";
import { readLockfile } from "../setup/lockfile.mjs";
import { ADDRESS_RULES } from "./addresses.ts";
import { checkBoundaries } from "./boundaries.ts";
import { BUILD, MANIFEST, weigh } from "./bundle.ts";
import { checkReasons, dependenciesOf, REASONS_FILE } from "./dependency-reasons.ts";
import { render } from "./finding.ts";
import type { Finding } from "./finding.ts";
import type { Gate, Verdict } from "./gate.ts";
import { projectFiles } from "./project-files.ts";
import { checkFiles } from "./text-rules.ts";
import { tool } from "./tool.ts";
import { WORD_RULES } from "./words.ts";

export const GATES: readonly Gate[] = [
  { name: "format", title: "Formatted by prettier", run: () => tool("prettier", ["--check", "."]) },
  {
    name: "words",
    title: "The words of the glossary",
    run: () => {
      const files = projectFiles(ROOT).filter((file) => file !== "package-lock.json");
      return verdict(checkFiles(ROOT, files, WORD_RULES), `${files.length} files`);
    },
  },
  {
    name: "addresses",
    title: "No path of one machine, no registry",
    run: () => {
      const files = projectFiles(ROOT);
      return verdict(checkFiles(ROOT, files, ADDRESS_RULES), `${files.length} files`);
    },
  },
  { name: "reasons", title: "A reason for every dependency", run: checkDependencies },
  { name: "lockfile", title: "The lockfile lists every system", run: checkLockfile },
  {
    name: "node-docs",
    title: "A page for every node type, as it is defined",
    run: async () => {
      const { seen, findings } = await checkNodeDocs(ROOT);
      return verdict(findings, `${seen} pages`);
    },
  },
  { name: "lint", title: "Lint, with types", run: () => tool("oxlint", ["--type-aware", "--format=unix"]) },
  {
    name: "boundaries",
    title: "Imports go one way",
    run: async () => {
      const { seen, findings } = await checkBoundaries(ROOT, projectFiles(ROOT));
      return verdict(findings, `${seen} modules`);
    },
  },
  { name: "unused", title: "No dead code, no unused dependency", run: () => tool("knip", ["--no-progress"]) },
  {
    name: "types",
    title: "Types of every package",
    run: () =>
      tool("turbo", [
        "run",
        "typecheck",
        "typecheck:scripts",
        "--continue",
        "--env-mode=loose",
        "--output-logs=errors-only",
      ]),
  },
  { name: "bundle", title: "The first page of the designer is light", run: checkBundle },
  {
    name: "coverage",
    title: "Every branch of the engine is tested",
    run: () => tool("vitest", ["run", "--project=unit", "packages/engine", "--coverage"]),
  },
];

function checkDependencies(): Verdict {
  const files = projectFiles(ROOT).filter((file) => path.basename(file) === "package.json");
  const manifests = new Map(files.map((file) => [file, dependenciesOf(JSON.parse(read(file)))]));
  return verdict(checkReasons(manifests, read(REASONS_FILE)), `${files.length} packages`);
}

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), "utf8");
}

/** An incomplete one installs here and nowhere else. */
function checkLockfile(): Verdict {
  const file = "package-lock.json";
  const lockfile = readLockfile(path.join(ROOT, file));
  if (lockfile === undefined) return { passed: false, output: `${file} can't be read` };
  const findings = missingPackages(lockfile).map(({ name, neededBy }) => ({
    file,
    message: `${name}, optional for ${neededBy}, is not listed; mend it with npm run lockfile`,
  }));
  return verdict(findings, `${Object.keys(lockfile.packages).length} packages`);
}

/** Builds the designer, so that the weight is of what is there now. */
function checkBundle(): Verdict {
  const built = tool("vite", ["build", path.dirname(BUILD), "--logLevel", "error"]);
  if (!built.passed) return built;
  const manifest: unknown = existsSync(path.join(ROOT, MANIFEST)) ? JSON.parse(read(MANIFEST)) : undefined;
  const { bytes, files, findings } = weigh(manifest, (file) => readFileSync(path.join(ROOT, BUILD, file)));
  return verdict(findings, `${Math.ceil(bytes / 1024)} KB in ${files} files`);
}

function verdict(findings: readonly Finding[], note: string): Verdict {
  return { passed: findings.length === 0, output: findings.map(render).join("\n"), note };
}
