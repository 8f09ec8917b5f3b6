/** The short name of a run: the end of its id, where ids of the same moment differ. */
export function runCode(id: string): string {
  return id.replaceAll("-", "").slice(-5).toUpperCase();
}
