/** Watches the prototypes that every object of the process shares. */

const PROTOTYPES = { Object, Array, String, Number, Boolean, Function, Map, RegExp, Promise, Error } as const;

/** Every own property of the shared prototypes, with what it is. */
export function snapshotPrototypes(): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  for (const [name, { prototype }] of Object.entries(PROTOTYPES)) {
    for (const key of Reflect.ownKeys(prototype)) {
      const descriptor = Reflect.getOwnPropertyDescriptor(prototype, key);
      found.set(`${name}.${String(key)}`, descriptor?.get ?? descriptor?.value);
    }
  }
  return found;
}

/** The properties that came, went or changed since. */
export function changedPrototypes(before: ReadonlyMap<string, unknown>): string[] {
  const after = snapshotPrototypes();
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter(
    (name) => before.has(name) !== after.has(name) || !Object.is(before.get(name), after.get(name)),
  );
}
