import {
  nodePage,
  type NodeManifest,
  type PageEffect,
  type PagePort,
  type Setting,
  type SettingKind,
} from "@holdfast/dsl";
import type { JSX, ReactNode } from "react";
import { localManifest, portWord } from "../canvas/node-words.ts";
import { paramText } from "../fields/param-text.ts";
import { TYPES } from "../pages/settings/connections/connection.ts";
import { words as connectionWords } from "../pages/settings/connections/words.ts";
import { Sheet } from "../ui/dialog.tsx";
import { Value } from "../ui/value.tsx";
import { useWords, type Translate } from "../words/use-words.tsx";
import { UKRAINIAN_ABOUT, words } from "./words.ts";

type T = Translate<keyof (typeof words)["en"]>;

export interface AboutNodeProps {
  readonly manifest: NodeManifest;
  readonly open: boolean;
  readonly onClose: () => void;
}

const code = (parts: ReactNode[]): ReactNode => (
  <code key="code" className="text-text-2">
    {parts}
  </code>
);

/** All there is to know of a node type, of a package's as of a built-in one: made from its manifest. */
export function AboutNode({ manifest, open, onClose }: AboutNodeProps): JSX.Element {
  const t = useWords(words);
  const { type, version, description, examples } = manifest;
  const page = nodePage(manifest);
  const labelAt = (pointer: string): string => labelOf(manifest, pointer, t);
  return (
    <Sheet open={open} onClose={onClose} title={t("about", { title: localManifest(manifest, t.language).title })}>
      <p className="text-text-2">{(t.language === "uk" ? UKRAINIAN_ABOUT[type] : undefined) ?? description}</p>
      <p className="mt-2 text-12 text-text-3">{t.rich("type", { type, version, c: code })}</p>
      <Part title={t("settings")}>
        {page.settings.length === 0 && <p className="text-text-3">{t("noSettings")}</p>}
        <ul className="flex flex-col gap-3">
          {page.settings.map((setting) => (
            <SettingRow key={setting.name} type={type} setting={setting} />
          ))}
        </ul>
      </Part>
      <Part title={t("ports")}>
        {page.ports === undefined ? <p>{t("noPorts")}</p> : <Ports ports={page.ports} labelAt={labelAt} />}
      </Part>
      <Part title={t("world")}>
        <ul className="flex flex-col gap-1">
          {page.effects.map((effect) => (
            <li key={JSON.stringify(effect)}>{effectText(effect, page.effects.length === 1, { labelAt, t })}</li>
          ))}
          {page.durable && <li>{t("durable")}</li>}
        </ul>
      </Part>
      {page.credentials.length > 0 && (
        <Part title={t("credentials")}>
          <Kinds kinds={page.credentials} />
          {page.needsCredential && <p className="mt-1">{t("credentialNeeded")}</p>}
        </Part>
      )}
      {examples.length > 0 && (
        <Part title={t("examples")}>
          {examples.map(({ title, params }) => (
            <div key={title} className="not-first:mt-3">
              <p className="mb-1.5 font-medium">{title}</p>
              <Value value={{ type, params }} />
            </div>
          ))}
        </Part>
      )}
    </Sheet>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }): JSX.Element {
  return (
    <section className="mt-5 border-t border-border pt-3.5 text-text-2">
      <h3 className="mb-2 text-13 font-semibold text-text">{title}</h3>
      {children}
    </section>
  );
}

function SettingRow({ type, setting }: { readonly type: string; readonly setting: Setting }): JSX.Element {
  const t = useWords(words);
  const { name, pointer, schema, kind, optional, fallback } = setting;
  const { label, help } = paramText(type, pointer, schema, t.language);
  return (
    <li className="min-w-0">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium text-text">{label}</span>
        <code className="text-11 break-all text-text-3">{name}</code>
        <span className="text-12 text-text-3">
          {kindText(kind, t)}
          {optional && `, ${t("optional")}`}
        </span>
      </p>
      {help !== undefined && <p className="text-12">{help}</p>}
      {fallback !== undefined && (
        <p className="text-12 text-text-3">{t.rich("leftOut", { value: fallback, c: code })}</p>
      )}
    </li>
  );
}

interface PortsProps {
  readonly ports: readonly PagePort[];
  readonly labelAt: (pointer: string) => string;
}

function Ports({ ports, labelAt }: PortsProps): JSX.Element {
  const t = useWords(words);
  return (
    <ul className="flex flex-col gap-1">
      {ports.map((port) =>
        "from" in port ? (
          <li key={port.from}>{t("portsFrom", { setting: labelAt(port.from.replace(/\/\*.*$/, "")) })}</li>
        ) : (
          <li key={port.name} className="flex flex-wrap gap-x-2">
            <span className="font-medium text-text">{portWord(port.name, t.language)}</span>
            {port.gives.length > 0 && <span>{t.rich("gives", { fields: port.gives.join(", "), c: code })}</span>}
          </li>
        ),
      )}
      <li className="flex flex-wrap gap-x-2">
        <span className="font-medium text-text">{portWord("error", t.language)}</span>
        <span>{t("errorPort")}</span>
      </li>
    </ul>
  );
}

function Kinds({ kinds }: { readonly kinds: readonly string[] }): JSX.Element {
  const t = useWords(words);
  const kind = useWords(connectionWords);
  const named = kinds.map((each) => {
    const known = TYPES.find((one) => one === each);
    return known === undefined ? each : kind(known);
  });
  return (
    <p>{t("credentialKinds", { kinds: new Intl.ListFormat(t.language, { type: "disjunction" }).format(named) })}</p>
  );
}

function effectText(
  { effect, when }: PageEffect,
  only: boolean,
  { labelAt, t }: Pick<PortsProps, "labelAt"> & { t: T },
): string {
  const said = t(`effect_${effect}`);
  if (when === undefined) return t(only ? "always" : "else", { effect: only ? capital(said) : said });
  const setting = labelAt(when.pointer);
  if (when.in !== undefined) return t("where", { setting, values: when.in.map(String).join(", "), effect: said });
  return t(when.present === false ? "without" : "with", { setting, effect: said });
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function labelOf(manifest: NodeManifest, pointer: string, t: T): string {
  const setting = nodePage(manifest).settings.find((each) => each.pointer === pointer);
  return setting === undefined
    ? pointer.slice(1)
    : paramText(manifest.type, setting.pointer, setting.schema, t.language).label;
}

function kindText(kind: SettingKind, t: T): string {
  switch (kind.is) {
    case "values":
      return new Intl.ListFormat(t.language, { type: "disjunction" }).format(kind.values);
    case "list":
      return kind.of === undefined ? t("list") : t("listOf", { kind: kindText(kind.of, t) });
    case "either":
      return new Intl.ListFormat(t.language, { type: "disjunction" }).format(
        new Set(kind.kinds.map((each) => kindText(each, t))),
      );
    default:
      return t(`kind_${kind.is}`);
  }
}
