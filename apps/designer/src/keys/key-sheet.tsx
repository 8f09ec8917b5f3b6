import { useState, type JSX } from "react";
import { preferences } from "../app/preferences.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { useWords } from "../words/use-words.tsx";
import { isSingleSign } from "./binding.ts";
import { type Command, isPossible, keysOf } from "./command.ts";
import { currentCommands } from "./registry.ts";
import { words } from "./words.ts";

/** The keys that work on this page, by what they are for. */
export function KeySheet({ onClose }: { onClose: () => void }): JSX.Element {
  const t = useWords(words);
  const [commands] = useState(() => currentCommands().filter((each) => keysOf(each).length > 0 && isPossible(each)));
  const [letters] = useState(() => preferences.getState().letters);
  const shown = letters ? commands : commands.filter((each) => keysOf(each).some((keys) => !isSingleSign(keys)));
  return (
    <Dialog open onClose={onClose} title={t("title")} size="md">
      {!letters && <p className="mb-3 text-12 text-text-3">{t("off")}</p>}
      <div className="columns-1 gap-8 sm:columns-2">
        {[...Map.groupBy(shown, ({ group }) => group)].map(([group, rows]) => (
          <Group key={group} group={group} rows={rows} />
        ))}
      </div>
    </Dialog>
  );
}

function Group({ group, rows }: { group: string; rows: readonly Command[] }): JSX.Element {
  return (
    <section className="mb-5 break-inside-avoid">
      <h3 className="mb-1 text-11 font-medium text-text-3">{group}</h3>
      <dl>
        {rows.map((command) => (
          <div key={command.id} className="flex min-h-7 items-center gap-3 border-b border-border last:border-b-0">
            <dt className="min-w-0 flex-1">{command.label}</dt>
            <dd className="flex shrink-0 items-center gap-1.5">
              {keysOf(command).map((keys) => (
                <KeyPresses key={keys} keys={keys} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function KeyPresses({ keys }: { keys: string }): JSX.Element {
  const t = useWords(words);
  return (
    <span className="flex items-center gap-1">
      <span className="sr-only">{keys.split(" ").join(` ${t("then")} `)}</span>
      {keys.split(" ").map((press, at) => (
        // The same key twice is two presses.
        <Kbd key={`${press} ${String(at)}`}>{press}</Kbd>
      ))}
    </span>
  );
}
