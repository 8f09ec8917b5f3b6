/** A workspace or one of its packages can't be used. Each line says where, what was wrong and what would be right. */
export class PackageError extends Error {
  override readonly name = "PackageError";
  readonly lines: readonly string[];

  constructor(lines: readonly string[], options?: ErrorOptions) {
    super(lines.join("\n"), options);
    this.lines = lines;
  }
}
