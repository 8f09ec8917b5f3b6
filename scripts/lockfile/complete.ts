/** `npm run lockfile`: lists in the lockfile the packages for other systems that npm left out. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../root.ts";
import { readLockfile } from "../setup/lockfile.mjs";
import { complete, missingPackages } from "./platform-packages.ts";

const file = path.join(ROOT, "package-lock.json");
const lockfile = readLockfile(file);
if (lockfile === undefined) throw new Error(`${file} can't be read`);
const missing = missingPackages(lockfile);
if (missing.length > 0) writeFileSync(file, `${JSON.stringify(complete(lockfile), null, 2)}\n`);
console.log(missing.length === 0 ? "The lockfile is complete." : `Listed ${missing.length} packages.`);
