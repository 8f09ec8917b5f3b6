import { referencesTo } from "@holdfast/dsl";
import type { NodeManifest } from "@holdfast/dsl";
import { BookOpen, Copy, Ellipsis, PencilLine, Trash2, X } from "lucide-react";
import { useState, type JSX } from "react";
import { AboutNode } from "../about-node/about-node.tsx";
import { familyOf, iconOf, nameOf } from "../canvas/node-facts.ts";
import { kindTitle } from "../canvas/palette-entries.ts";
import { Tile } from "../canvas/tile.tsx";
import { setName } from "../flow/change-node.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { Menu } from "../ui/menu.tsx";
import { useWords } from "../words/use-words.tsx";
import type { FlowEditor } from "./flow-editor.ts";
import type { NodePlace } from "./node-place.ts";
import { RenameId } from "./rename-id.tsx";
import { words } from "./words.ts";

export interface NodeHeaderProps {
  readonly editor: FlowEditor;
  readonly place: NodePlace;
  readonly manifest: NodeManifest | undefined;
  readonly onClose: (() => void) | undefined;
}

/** Tile, name, kind and id; what can be done with the whole node. */
export function NodeHeader({ editor, place, manifest, onClose }: NodeHeaderProps): JSX.Element {
  const t = useWords(words);
  const { id, node } = place;
  const [renaming, setRenaming] = useState(false);
  const [reading, setReading] = useState(false);
  const name = nameOf(id, node);
  const kind = manifest === undefined ? node.type : kindTitle(manifest, node, t.language);
  const items = [
    ...(manifest === undefined
      ? []
      : [
          { label: t("aboutType", { title: kind }), icon: BookOpen, onSelect: () => setReading(true) },
          "separator" as const,
        ]),
    { label: t("renameId"), icon: PencilLine, onSelect: () => setRenaming(true) },
    {
      label: t("duplicate"),
      icon: Copy,
      kbd: "⌘D",
      onSelect: () => editor.duplicate([id]),
    },
    "separator" as const,
    {
      label: t("delete"),
      icon: Trash2,
      kbd: "⌫",
      danger: true,
      onSelect: () => editor.remove([id]),
    },
  ];
  return (
    <header className="flex items-center gap-2.5 px-4 pt-3 pb-2.5">
      <Tile family={familyOf(manifest)} icon={iconOf(manifest, node)} inline />
      <div className="min-w-0 flex-1">
        <NameInput
          key={id}
          label={t("nodeName")}
          name={name}
          onChange={(next) => editor.run(t("renamed", { name }), (flow) => setName(flow, id, next), `${id} name`)}
        />
        <div className="truncate text-11 text-text-3">
          {kind} · <code className="font-mono">{id}</code>
        </div>
      </div>
      <Menu trigger={<IconButton icon={Ellipsis} size="sm" label={t("menu")} />} items={items} />
      {onClose !== undefined && <IconButton icon={X} size="sm" label={t("close")} onClick={onClose} />}
      {manifest !== undefined && <AboutNode manifest={manifest} open={reading} onClose={() => setReading(false)} />}
      {renaming && (
        <RenameId
          editor={editor}
          id={id}
          uses={referencesTo(editor.flow, id, editor.manifests).length}
          onClose={() => setRenaming(false)}
        />
      )}
    </header>
  );
}

interface NameInputProps {
  readonly label: string;
  readonly name: string;
  readonly onChange: (name: string) => void;
}

/** Looks like a title until it is pointed at. An empty name gives way to the one before. */
function NameInput({ label, name, onChange }: NameInputProps): JSX.Element {
  const [typed, setTyped] = useState<string>();
  // What is typed is written at once: where another name stands, somebody else has written it.
  const shown = typed !== undefined && ["", name.trim()].includes(typed.trim()) ? typed : name;
  return (
    <input
      aria-label={label}
      value={shown}
      onChange={(event) => {
        setTyped(event.target.value);
        if (event.target.value.trim() !== "") onChange(event.target.value);
      }}
      onBlur={() => setTyped(undefined)}
      onKeyDown={(event) => {
        if (event.key === "Enter" || event.key === "Escape") setTyped(undefined);
      }}
      className="-mx-1 block w-[calc(100%+0.5rem)] truncate rounded-xs border border-transparent bg-transparent px-1 text-14 font-semibold hover:border-border-strong focus-visible:border-accent focus-visible:outline-offset-[-1px]"
    />
  );
}
