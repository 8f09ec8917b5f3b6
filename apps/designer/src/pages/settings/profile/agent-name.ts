/** What a browser calls itself, as a person would say it: browser and system, where they are known. */
export interface AgentName {
  readonly browser: string | undefined;
  readonly system: string | undefined;
}

// In this order: each also claims to be some of those after it.
const BROWSERS = [
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
] as const;

const SYSTEMS = [
  [/\biPhone|iPad\b/, "iOS"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
] as const;

export function agentName(agent: string | null): AgentName {
  const find = (known: readonly (readonly [RegExp, string])[]): string | undefined =>
    known.find(([pattern]) => agent !== null && pattern.test(agent))?.[1];
  return { browser: find(BROWSERS), system: find(SYSTEMS) };
}
