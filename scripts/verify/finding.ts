/** Something that breaks a rule. */
export interface Finding {
  /** Relative to the repository. */
  readonly file: string;
  /** From 1; absent where the whole file is meant. */
  readonly line?: number;
  readonly message: string;
}

/** In the form that terminals and editors turn into a link. */
export function render({ file, line, message }: Finding): string {
  return `${line === undefined ? file : `${file}:${line}`}  ${message}`;
}
