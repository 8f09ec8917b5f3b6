import { useEffect, useId, useLayoutEffect, useRef, useState, type JSX, type KeyboardEvent } from "react";
import { createPortal } from "react-dom";
import { announce } from "../keys/announce.ts";
import type { Point } from "../layout/card.ts";
import { cx } from "../ui/cx.ts";
import type { Family } from "./node-facts.ts";
import { Tile } from "./tile.tsx";

export interface PickItem {
  readonly id: string;
  readonly title: string;
  readonly detail?: string;
  readonly family: Family;
  readonly icon: string;
}

export interface PickGroup {
  readonly heading: string;
  readonly items: readonly PickItem[];
}

export interface PickMenuProps {
  /** Where on the screen. */
  readonly at: Point;
  readonly label: string;
  readonly placeholder: string;
  readonly nothing: (query: string) => string;
  /** What there is for what was typed, the best first. */
  readonly find: (query: string) => readonly PickGroup[];
  /** From which outcome, where there are several. */
  readonly ports?:
    | {
        readonly label: string;
        readonly names: readonly string[];
        readonly value: string;
        readonly onChange: (port: string) => void;
        readonly word: (port: string) => string;
        /** Where it leads already. */
        readonly detail: (port: string) => string;
      }
    | undefined;
  readonly onPick: (id: string) => void;
  readonly onClose: () => void;
}

const WIDTH = 300;
const HEIGHT = 380;

/** A list to choose from by typing: what to put in, or what to connect to. Arrows and Enter; Escape leaves. */
export function PickMenu(props: PickMenuProps): JSX.Element {
  const { label, placeholder, nothing, find, ports, onPick, onClose } = props;
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const frame = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const list = useId();
  const groups = find(query);
  const items = groups.flatMap((group) => group.items);
  const current = items[Math.min(active, items.length - 1)];
  useLayoutEffect(() => input.current?.focus(), []);
  useClickAway(frame, onClose);
  useEffect(() => {
    frame.current
      ?.querySelector(`[id="${CSS.escape(`${list}-${current?.id ?? ""}`)}"]`)
      ?.scrollIntoView({ block: "nearest" });
  }, [list, current?.id]);
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    const onPort = event.target !== input.current;
    if (event.key === "Escape") onClose();
    else if (event.key === "Tab") otherOf(frame.current, input.current)?.focus();
    else if (event.key === "Enter" && onPort) input.current?.focus();
    else if (ports !== undefined && (onPort || query === "") && event.key in SIDE) {
      changePort(ports, SIDE[event.key] ?? 1, onPort ? frame.current : null);
    } else if (event.key === "Enter" && current !== undefined) onPick(current.id);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      setActive((items.indexOf(current ?? items[0] ?? NO_ITEM) + step + items.length) % Math.max(1, items.length));
    } else return;
    event.preventDefault();
  };
  return createPortal(
    <div
      ref={frame}
      role="dialog"
      aria-label={label}
      className="hf-float fixed z-50 flex flex-col overflow-hidden text-13"
      style={placeOf(props.at)}
      onKeyDown={onKeyDown}
    >
      {ports !== undefined && <PortChoice ports={ports} />}
      <input
        ref={input}
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={current === undefined ? undefined : `${list}-${current.id}`}
        aria-label={label}
        placeholder={placeholder}
        value={query}
        autoComplete="off"
        spellCheck={false}
        className="h-10 w-full shrink-0 border-b border-border bg-transparent px-3 outline-none placeholder:text-text-3 pointer-coarse:h-12"
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
        }}
      />
      <div id={list} role="listbox" aria-label={label} className="min-h-0 flex-1 overflow-y-auto p-1">
        {items.length === 0 && <p className="px-2 py-3 text-text-3">{nothing(query)}</p>}
        {groups
          .filter((group) => group.items.length > 0)
          .map((group) => (
            <div key={group.heading} role="group" aria-label={group.heading}>
              <div className="px-2 pt-2 pb-1 text-11 font-medium text-text-3">{group.heading}</div>
              {group.items.map((item) => (
                <Row key={item.id} id={`${list}-${item.id}`} item={item} active={item === current} onPick={onPick} />
              ))}
            </div>
          ))}
      </div>
    </div>,
    document.body,
  );
}

const SIDE: Readonly<Record<string, 1 | -1>> = { ArrowLeft: -1, ArrowRight: 1 };

/** The next outcome to the side, and round. */
function changePort(ports: NonNullable<PickMenuProps["ports"]>, step: 1 | -1, frame: HTMLElement | null): void {
  const { names, value, onChange, label, word, detail } = ports;
  const at = (names.indexOf(value) + step + names.length) % names.length;
  const next = names[at];
  if (next === undefined) return;
  onChange(next);
  if (frame === null) announce(`${label}: ${word(next)}, ${detail(next)}`);
  else frame.querySelectorAll<HTMLElement>("[role=radio]")[at]?.focus();
}

/** Tab stays in the question: from the field to the chosen outcome and back. */
function otherOf(frame: HTMLElement | null, input: HTMLInputElement | null): HTMLElement | null {
  if (document.activeElement !== input) return input;
  return frame?.querySelector<HTMLElement>("[role=radio][aria-checked=true]") ?? input;
}

const NO_ITEM: PickItem = { id: "", title: "", family: "action", icon: "" };

function Row(props: { id: string; item: PickItem; active: boolean; onPick: (id: string) => void }): JSX.Element {
  const { id, item, active, onPick } = props;
  return (
    <div
      id={id}
      role="option"
      aria-selected={active}
      className={cx(
        "flex min-h-8 cursor-default items-center gap-[9px] rounded-sm px-2 py-1 pointer-coarse:min-h-11",
        active ? "bg-surface-hover" : "hover:bg-surface-hover",
      )}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onPick(item.id)}
    >
      <Tile inline family={item.family} icon={item.icon} />
      <span className="min-w-0 flex-1 truncate font-medium">{item.title}</span>
      {item.detail !== undefined && <span className="max-w-28 truncate text-11 text-text-3">{item.detail}</span>}
    </div>
  );
}

function PortChoice({ ports }: { ports: NonNullable<PickMenuProps["ports"]> }): JSX.Element {
  const { label, names, value, onChange, word, detail } = ports;
  return (
    <div role="radiogroup" aria-label={label} className="flex shrink-0 flex-wrap items-center gap-1 px-2 pt-2">
      <span className="px-1 text-11 text-text-3">{label}</span>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          role="radio"
          data-port={name}
          aria-checked={name === value}
          aria-description={detail(name)}
          title={detail(name)}
          tabIndex={name === value ? 0 : -1}
          className={cx(
            "h-6 rounded-[4px] border px-2 text-12 font-medium pointer-coarse:h-11",
            name === value ? "border-accent bg-accent-soft text-accent-text" : "border-border-strong text-text-2",
          )}
          onClick={() => onChange(name)}
        >
          {word(name)}
        </button>
      ))}
    </div>
  );
}

/** Under the place, and wholly on the screen. */
function placeOf({ x, y }: Point): { left: number; top: number; width: number; maxHeight: number } {
  const width = Math.min(WIDTH, window.innerWidth - 16);
  const left = Math.max(8, Math.min(x, window.innerWidth - width - 8));
  const top = Math.max(8, Math.min(y + 8, window.innerHeight - HEIGHT - 8));
  return { left, top, width, maxHeight: Math.min(HEIGHT, window.innerHeight - 16) };
}

function useClickAway(frame: React.RefObject<HTMLElement | null>, onClose: () => void): void {
  const latest = useRef(onClose);
  latest.current = onClose;
  useEffect(() => {
    const away = (event: PointerEvent): void => {
      if (event.target instanceof Node && frame.current?.contains(event.target) === false) latest.current();
    };
    document.addEventListener("pointerdown", away, true);
    return () => document.removeEventListener("pointerdown", away, true);
  }, [frame]);
}
