/** A name of data as people read it: `earlierRefunds` → “Earlier refunds”. */
export function readable(name: string): string {
  const spaced = name.replaceAll(/[_-]+|(?<=[a-z0-9])(?=[A-Z])/g, " ").toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
