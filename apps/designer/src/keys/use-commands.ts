import { useEffect, useRef } from "react";
import { type Command, keysOf } from "./command.ts";
import { addCommands, type CommandSet, touchCommands } from "./registry.ts";

const faceOf = (commands: readonly Command[]): string =>
  commands.map((each) => [each.id, each.label, each.group, ...keysOf(each)].join("\t")).join("\n");

/** These commands can be given while the component is shown. A new list each time is fine. */
export function useCommands(commands: readonly Command[]): void {
  const set = useRef<CommandSet>({ commands });
  useEffect(() => addCommands(set.current), []);
  useEffect(() => {
    const changed = faceOf(set.current.commands) !== faceOf(commands);
    set.current.commands = commands;
    if (changed) touchCommands();
  });
}
