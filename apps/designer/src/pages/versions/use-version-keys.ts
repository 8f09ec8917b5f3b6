/** J and K go through the changes, A and B choose what is compared. */
import { announce } from "../../keys/announce.ts";
import { useCommands } from "../../keys/use-commands.ts";
import type { ChangeGroup } from "../../versions/change-groups.ts";
import { useWords } from "../../words/use-words.tsx";
import type { Side } from "./search.ts";
import type { Picked } from "./use-compared.ts";
import { words } from "./words.ts";

/** Round and round. */
export function stepped(groups: readonly ChangeGroup[], current: string | undefined, by: 1 | -1): string | undefined {
  const at = groups.findIndex(({ key }) => key === current);
  if (at === -1) return (by === 1 ? groups[0] : groups.at(-1))?.key;
  return groups[(at + by + groups.length) % groups.length]?.key;
}

export function useVersionKeys(props: {
  readonly documents: { readonly groups: readonly ChangeGroup[] };
  readonly current: string | undefined;
  readonly show: (key: string | undefined) => void;
  readonly picked: Picked;
  readonly compare: (picked: Picked) => void;
  readonly point: Side | undefined;
}): void {
  const t = useWords(words);
  const { documents, current, show, picked, compare, point } = props;
  const group = t("group");
  const step = (by: 1 | -1): void => {
    const key = stepped(documents.groups, current, by);
    show(key);
    const title = documents.groups.find((one) => one.key === key)?.title;
    if (title !== undefined) announce(title);
  };
  const has = (): boolean => documents.groups.length > 0;
  const pointed = (): boolean => point !== undefined;
  useCommands([
    { id: "versions.next", label: t("nextChange"), keys: "J", group, when: has, run: () => step(1) },
    { id: "versions.previous", label: t("previousChange"), keys: "K", group, when: has, run: () => step(-1) },
    {
      id: "versions.a",
      label: t("asA"),
      keys: "A",
      group,
      keysOnly: true,
      when: pointed,
      run: () => compare({ ...picked, a: point }),
    },
    {
      id: "versions.b",
      label: t("asB"),
      keys: "B",
      group,
      keysOnly: true,
      when: pointed,
      run: () => compare({ ...picked, b: point }),
    },
  ]);
}
