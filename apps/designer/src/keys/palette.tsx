import { Dialog as Base } from "@base-ui/react/dialog";
import { Command as Cmdk } from "cmdk";
import { Search } from "lucide-react";
import { useEffect, useState, type JSX } from "react";
import { Kbd } from "../ui/kbd.tsx";
import { useWords } from "../words/use-words.tsx";
import { type Command, isPossible, keysOf } from "./command.ts";
import { matching } from "./matching.ts";
import { currentCommands } from "./registry.ts";
import { type Found, sources } from "./sources.ts";
import { words } from "./words.ts";

interface Answer {
  readonly group: string;
  readonly found: readonly Found[];
}

/** Of one source, so many at once. */
const MOST = 8;
/** Milliseconds without typing before sources are asked. */
const PAUSE = 120;

/** What the sources find for the text, one group each; empty while nothing is typed. */
function useAnswers(text: string): { readonly answers: readonly Answer[]; readonly busy: boolean } {
  const [state, setState] = useState<{ text: string; answers: readonly Answer[] }>({ text: "", answers: [] });
  const wanted = text.trim();
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      void ask(wanted, abort.signal).then((answers) => !abort.signal.aborted && setState({ text: wanted, answers }));
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [wanted]);
  return { answers: wanted === "" ? [] : state.answers, busy: state.text !== wanted };
}

async function ask(text: string, signal: AbortSignal): Promise<readonly Answer[]> {
  if (text === "") return [];
  const all = sources.getState().all.map(async ({ current: { group, find } }): Promise<Answer[]> => {
    try {
      return [{ group, found: (await find(text, signal)).slice(0, MOST) }];
    } catch {
      // A source that can't answer leaves the others their place.
      return [];
    }
  });
  return (await Promise.all(all)).flat().filter(({ found }) => found.length > 0);
}

const GROUP =
  "p-1 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-1.5 [&_[cmdk-group-heading]]:pb-0.5 [&_[cmdk-group-heading]]:text-11 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-text-3";
const ITEM =
  "flex min-h-8 cursor-default items-center gap-2.5 rounded-sm px-2 py-1 outline-none select-none data-[selected=true]:bg-surface-hover pointer-coarse:min-h-11";

/** ⌘K: find or do. */
export function Palette({ onClose }: { onClose: () => void }): JSX.Element {
  const t = useWords(words);
  const [text, setText] = useState("");
  const [commands] = useState(() => currentCommands().filter((each) => each.keysOnly !== true && isPossible(each)));
  const { answers, busy } = useAnswers(text);
  const shown = matching(commands, text);
  const run = (act: () => void): void => {
    onClose();
    // After the palette has given the focus back: what runs may take it.
    setTimeout(act, 0);
  };
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="hf-scrim fixed inset-0 z-40 bg-scrim" />
        <Base.Popup
          aria-label={t("palette")}
          className="hf-pop fixed top-[12vh] left-1/2 z-40 flex max-h-[70vh] w-[min(600px,calc(100vw-1.5rem))] -translate-x-1/2 flex-col overflow-hidden rounded-lg border border-border-strong bg-surface-raised shadow-modal outline-none"
        >
          <Cmdk label={t("palette")} shouldFilter={false} loop className="flex min-h-0 flex-col">
            <div className="flex items-center gap-2.5 border-b border-border px-3.5">
              <Search aria-hidden className="size-4 shrink-0 text-text-3" strokeWidth={1.75} />
              <Cmdk.Input
                autoFocus
                value={text}
                onValueChange={setText}
                placeholder={t("hint")}
                className="h-11 w-full bg-transparent text-14 outline-none placeholder:text-text-3"
              />
            </div>
            <Cmdk.List className="min-h-0 overflow-y-auto pb-1">
              <Cmdk.Empty className="px-3.5 py-3 text-text-3">{busy ? t("searching") : t("none", { text })}</Cmdk.Empty>
              {answers.map(({ group, found }) => (
                <Cmdk.Group key={group} heading={group} className={GROUP}>
                  {found.map((each) => (
                    <FoundRow key={each.id} found={each} group={group} onChoose={() => run(each.run)} />
                  ))}
                </Cmdk.Group>
              ))}
              {[...Map.groupBy(shown, ({ group }) => group)].map(([group, rows]) => (
                <Cmdk.Group key={group} heading={group} className={GROUP}>
                  {rows.map((command) => (
                    <CommandRow key={command.id} command={command} onChoose={() => run(command.run)} />
                  ))}
                </Cmdk.Group>
              ))}
            </Cmdk.List>
          </Cmdk>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

function FoundRow({ found, group, onChoose }: { found: Found; group: string; onChoose: () => void }): JSX.Element {
  const { icon: Icon, id, label, detail } = found;
  return (
    <Cmdk.Item value={`${group} ${id}`} onSelect={onChoose} className={ITEM}>
      {Icon !== undefined && <Icon aria-hidden className="size-4 shrink-0 text-text-2" strokeWidth={1.75} />}
      <span className="truncate">{label}</span>
      {detail !== undefined && <span className="ml-auto truncate pl-3 text-12 text-text-3">{detail}</span>}
    </Cmdk.Item>
  );
}

function CommandRow({ command, onChoose }: { command: Command; onChoose: () => void }): JSX.Element {
  const [keys] = keysOf(command);
  return (
    <Cmdk.Item value={command.id} onSelect={onChoose} className={ITEM}>
      <span className="min-w-0 flex-1 truncate">{command.label}</span>
      {keys !== undefined && (
        <span className="flex gap-1">
          {keys.split(" ").map((press, at) => (
            <Kbd key={`${press} ${String(at)}`}>{press}</Kbd>
          ))}
        </span>
      )}
    </Cmdk.Item>
  );
}
