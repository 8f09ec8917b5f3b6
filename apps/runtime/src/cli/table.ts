/** Columns of text, as wide as their widest value. No rows: nothing. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => oneLine(row[column]).length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => oneLine(cell).padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return [line(headings), ...rows.map(line)];
}

/** Texts come from outside: control signs must not move a terminal's cursor, or worse. */
export const oneLine = (text: string | undefined): string => (text ?? "").replaceAll(/[\p{Cc}\p{Cf}]+/gu, " ");
