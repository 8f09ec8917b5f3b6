/**
 * Packages with native parts come as one small package per system, all optional, and `npm ci` insists that the lockfile
 * lists every one. npm writes down only those that it could fetch: behind a mirror that lacks some, the lockfile is
 * incomplete, and nobody can install from it.
 */
import type { LockedPackage, Lockfile } from "../setup/lockfile.mjs";

/** A package that another one may need on some system, and that the lockfile does not list. */
export interface MissingPackage {
  readonly name: string;
  /** Exact: such packages are released together with the one that needs them. */
  readonly version: string;
  /** Where the package that needs it is locked. */
  readonly neededBy: string;
}

export function missingPackages(lockfile: Lockfile): MissingPackage[] {
  return Object.entries(lockfile.packages).flatMap(([neededBy, locked]) =>
    Object.entries(locked.optionalDependencies ?? {})
      .filter(([name]) => !isListed(lockfile, neededBy, name))
      .map(([name, version]) => ({ name, version, neededBy })),
  );
}

/** As Node looks for it: beside the package that needs it, and in each folder above. */
function isListed(lockfile: Lockfile, neededBy: string, name: string): boolean {
  const nested = `${neededBy}/node_modules/${name}`;
  return nested in lockfile.packages || `node_modules/${name}` in lockfile.packages;
}

/** The lockfile with every missing package listed. npm fetches them by name and version where they are needed. */
export function complete(lockfile: Lockfile): Lockfile {
  const packages: Record<string, LockedPackage> = { ...lockfile.packages };
  for (const { name, version, neededBy } of missingPackages(lockfile)) {
    const dev = packages[neededBy]?.dev === true ? { dev: true } : {};
    const { os, ...machine } = systemOf(name);
    packages[`node_modules/${name}`] = {
      version,
      ...machine,
      ...dev,
      optional: true,
      ...(os === undefined ? {} : { os }),
    };
  }
  return { ...lockfile, packages: sorted(packages) };
}

/** In npm's order, so that npm's next change is a small one. */
function sorted(packages: Lockfile["packages"]): Lockfile["packages"] {
  const result: Record<string, LockedPackage> = {};
  for (const path of Object.keys(packages).toSorted((a, b) => a.localeCompare(b, "en"))) {
    const locked = packages[path];
    if (locked !== undefined) result[path] = locked;
  }
  return result;
}

const OS: Readonly<Record<string, string>> = {
  aix: "aix",
  android: "android",
  darwin: "darwin",
  freebsd: "freebsd",
  linux: "linux",
  openharmony: "openharmony",
  win32: "win32",
  windows: "win32",
};

const CPU: Readonly<Record<string, string>> = {
  64: "x64",
  arm: "arm",
  arm64: "arm64",
  ia32: "ia32",
  ppc64: "ppc64",
  riscv64: "riscv64",
  s390x: "s390x",
  wasm32: "wasm32",
  x64: "x64",
};

const LIBC: Readonly<Record<string, string>> = { gnu: "glibc", gnueabihf: "glibc", musl: "musl", musleabihf: "musl" };

interface System {
  /** WebAssembly runs on any. */
  readonly os?: readonly string[];
  readonly cpu: readonly string[];
  readonly libc?: readonly string[];
}

/**
 * Reads the system from a name such as `@oxlint/binding-linux-arm64-musl`.
 *
 * @throws Error if the name does not tell: then it is not such a package, and must not be listed unseen.
 */
export function systemOf(name: string): System {
  const parts = name.split(/[/-]/);
  const os = parts.map((part) => OS[part]).find((found) => found !== undefined);
  const cpu = parts.map((part) => CPU[part]).find((found) => found !== undefined);
  const libc = parts.map((part) => LIBC[part]).find((found) => found !== undefined);
  if (cpu === "wasm32") return { cpu: [cpu] };
  if (os === undefined || cpu === undefined) throw new Error(`${name} does not tell which system it is for`);
  return { os: [os], cpu: [cpu], ...(os === "linux" && libc !== undefined ? { libc: [libc] } : {}) };
}
