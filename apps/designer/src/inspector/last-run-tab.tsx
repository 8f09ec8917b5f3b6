import type { TypeEnv } from "@holdfast/dsl";
import { useMemo, type JSX } from "react";
import { OutputPicker } from "../expression-field/output-picker.tsx";
import { outputsTree, valueOfPath } from "../expression-field/outputs-tree.ts";
import { Section } from "../ui/section.tsx";
import { Value } from "../ui/value.tsx";
import { done, failed } from "../ui/toast.ts";
import { useWords } from "../words/use-words.tsx";
import type { Surroundings } from "./surroundings.ts";
import { words } from "./words.ts";

export interface LastRunTabProps {
  readonly id: string;
  readonly env: TypeEnv;
  readonly nodeName: (id: string) => string;
  readonly surroundings: Surroundings;
}

/** What the node gave in the sample, and the tree of what it can read, to drag into fields. */
export function LastRunTab({ id, env, nodeName, surroundings }: LastRunTabProps): JSX.Element {
  const t = useWords(words);
  const { sample } = surroundings;
  const items = useMemo(() => outputsTree(env, nodeName, sample?.roots), [env, nodeName, sample]);
  const output = sample === undefined ? undefined : valueOfPath(`nodes.${id}`, sample.roots);
  const empty = sample === undefined ? t("noSample") : t("noOutput", { sample: sample.name });
  return (
    <>
      <Section title={t("gave")}>
        {output === undefined ? <p className="text-12 text-text-2">{empty}</p> : <Value value={output} />}
      </Section>
      <Section title={t("canRead")}>
        <OutputPicker
          items={items}
          onChoose={(expression) => {
            const text = `{{ ${expression} }}`;
            void navigator.clipboard.writeText(text).then(
              () => done(t("copied", { text })),
              () => failed(t("notCopied", { text })),
            );
          }}
        />
      </Section>
    </>
  );
}
