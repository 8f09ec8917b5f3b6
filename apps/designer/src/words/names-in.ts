/** The names in a sentence of the server: what stands in quotes. */
export function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/“([^”]*)”|"([^"]*)"|`([^`]*)`/g)].map((found) => found[1] ?? found[2] ?? found[3] ?? "");
}
