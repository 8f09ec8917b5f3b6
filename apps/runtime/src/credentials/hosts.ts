/** Where a credential may be sent. */
const PATTERN = /^(?:\*\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$|^\[[0-9a-f:.]+\](?::\d{1,5})?$/;

/** As it is stored; nothing if it says nothing. */
export function hostPattern(text: string): string | undefined {
  const pattern = text.trim().toLowerCase();
  return PATTERN.test(pattern) ? pattern : undefined;
}

/** Whether one of the patterns allows it. A pattern without a port allows every port. */
export function allowsHost(
  patterns: readonly string[],
  { host, port }: { readonly host: string; readonly port: number },
): boolean {
  const asked = host.toLowerCase().replaceAll(/[[\]]/g, "");
  return patterns.some((pattern) => {
    const [, inBrackets, plain = "", wanted] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(pattern) ?? [];
    if (wanted !== undefined && Number(wanted) !== port) return false;
    const name = inBrackets ?? plain;
    return name.startsWith("*.") ? asked.endsWith(name.slice(1)) : asked === name;
  });
}
