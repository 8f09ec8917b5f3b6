/** What the operating system says of a file: `ENOENT`. */
export const fileCode = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
