import { DSL_DEFAULTS, ERROR_PORT, effectOf } from "@holdfast/dsl";
import type { NodeManifest, NodeSpec } from "@holdfast/dsl";
import type { JSX } from "react";
import { nameOf } from "../canvas/node-facts.ts";
import { LiveRule } from "../expression-field/live-line.tsx";
import { DurationInput } from "../fields/duration-input.tsx";
import { durationWords } from "../fields/duration-text.ts";
import { setNode } from "../flow/change-node.ts";
import type { NodePatch } from "../flow/change-node.ts";
import { Field } from "../ui/field.tsx";
import { NumberInput } from "../ui/number-input.tsx";
import { Section } from "../ui/section.tsx";
import { Select } from "../ui/select.tsx";
import { Toggle } from "../ui/toggle.tsx";
import { useWords } from "../words/use-words.tsx";
import { Compensation } from "./compensation.tsx";
import type { FlowEditor } from "./flow-editor.ts";
import { targetsOf, waysTo } from "./node-place.ts";
import type { NodePlace } from "./node-place.ts";
import type { Surroundings } from "./surroundings.ts";
import { words } from "./words.ts";

export interface RetryTabProps {
  readonly editor: FlowEditor;
  readonly place: NodePlace;
  readonly manifest: NodeManifest;
  readonly surroundings: Surroundings;
}

type Retry = NonNullable<NodeSpec["retry"]>;

/** What happens when a step fails: again, how often, how long; and when nothing helps. */
export function RetryTab(props: RetryTabProps): JSX.Element {
  const { editor, place, manifest } = props;
  const t = useWords(words);
  const { id, node } = place;
  const patch = (change: NodePatch, key: string): void =>
    editor.run(t("changed", { name: nameOf(id, node) }), (flow) => setNode(flow, id, change), `${id} ${key}`);
  const action = manifest.kind === "action";
  return (
    <>
      {action ? (
        <Attempts node={node} at={place.pointer} patch={patch} />
      ) : (
        <Section title={t("retry")}>
          <p className="text-12 text-text-2">{t("noRetry")}</p>
        </Section>
      )}
      <Failure place={place} manifest={manifest} patch={patch} />
      {waysTo(place) > 1 && (
        <Section title={t("join")}>
          <Select
            label={t("join")}
            value={node.join ?? DSL_DEFAULTS.join}
            options={[
              { value: "all", label: t("joinAll") },
              { value: "any", label: t("joinAny") },
            ]}
            onChange={(join) => patch({ join: join === DSL_DEFAULTS.join ? undefined : join }, "join")}
          />
        </Section>
      )}
      {action && <Compensation {...props} />}
    </>
  );
}

interface PartProps {
  readonly node: NodeSpec;
  /** Where the node stands in the document. */
  readonly at: string;
  readonly patch: (change: NodePatch, key: string) => void;
}

function Attempts({ node, at, patch }: PartProps): JSX.Element {
  const t = useWords(words);
  const retry = { ...DSL_DEFAULTS.retry, ...node.retry };
  const set = (change: { readonly [key in keyof Retry]?: Retry[key] | undefined }): void => {
    const entries = Object.entries({ ...node.retry, ...change }).filter(([, value]) => value !== undefined);
    const next: Retry = Object.fromEntries(entries);
    patch({ retry: entries.length === 0 ? undefined : next }, `retry ${Object.keys(change).join(" ")}`);
  };
  const sentence = t("retrySentence", {
    times: retry.maxAttempts,
    first: durationWords(retry.initialInterval, t.language),
    factor: retry.backoff,
    max: durationWords(retry.maxInterval, t.language),
  });
  return (
    <Section title={t("retry")}>
      <LiveRule>
        <span className="text-text">{retry.maxAttempts === 1 ? t("retryOnce") : sentence}</span>
      </LiveRule>
      <div className="mt-3 flex flex-col">
        <Field label={t("attempts")} help={t("attemptsHelp")} place={`${at}/retry/maxAttempts`}>
          <NumberInput
            label={t("attempts")}
            value={retry.maxAttempts}
            min={0}
            steps
            onChange={(next) => set({ maxAttempts: next ?? undefined })}
          />
        </Field>
        <Field label={t("first")} place={`${at}/retry/initialInterval`}>
          <DurationInput
            label={t("first")}
            value={node.retry?.initialInterval ?? DSL_DEFAULTS.retry.initialInterval}
            unit="s"
            onChange={(next) => set({ initialInterval: next })}
          />
        </Field>
        <Field label={t("factor")} help={t("factorHelp")} place={`${at}/retry/backoff`}>
          <NumberInput
            label={t("factor")}
            value={retry.backoff}
            min={1}
            max={100}
            onChange={(next) => set({ backoff: next ?? undefined })}
          />
        </Field>
        <Field label={t("longest")} place={`${at}/retry/maxInterval`}>
          <DurationInput
            label={t("longest")}
            value={retry.maxInterval}
            unit="m"
            onChange={(next) => set({ maxInterval: next })}
          />
        </Field>
        <Toggle
          className="mt-3"
          checked={retry.jitter !== "none"}
          label={t("jitter")}
          onChange={(on) => set({ jitter: on ? undefined : "none" })}
        />
        <Limits node={node} at={at} patch={patch} />
      </div>
    </Section>
  );
}

/** How long attempts may take. */
function Limits({ node, at, patch }: PartProps): JSX.Element {
  const t = useWords(words);
  return (
    <>
      <Field label={t("attemptTimeout")} help={t("attemptTimeoutHelp")} place={`${at}/timeout`} className="mt-3">
        <DurationInput
          label={t("attemptTimeout")}
          value={node.timeout}
          fallback={DSL_DEFAULTS.timeout}
          unit="m"
          onChange={(next) => patch({ timeout: next }, "timeout")}
        />
      </Field>
      <Field label={t("totalTimeout")} help={t("totalTimeoutHelp")} place={`${at}/totalTimeout`}>
        <DurationInput
          label={t("totalTimeout")}
          value={node.totalTimeout}
          unit="m"
          onChange={(next) => patch({ totalTimeout: next }, "totalTimeout")}
        />
      </Field>
    </>
  );
}

interface FailureProps {
  readonly place: NodePlace;
  readonly manifest: NodeManifest;
  readonly patch: (change: NodePatch, key: string) => void;
}

function Failure({ place, manifest, patch }: FailureProps): JSX.Element | null {
  const t = useWords(words);
  const { node } = place;
  if (manifest.ports.length === 0) return null;
  const caught = targetsOf(place, ERROR_PORT).length > 0;
  const effect = effectOf(manifest, node.params);
  const unknown = node.onUnknown ?? manifest.onUnknown ?? DSL_DEFAULTS.onUnknown;
  return (
    <Section title={t("afterAll")}>
      {caught ? (
        <p className="text-12 text-text-2">
          <span className="block font-medium text-text">{t("errorPort")}</span>
          {t("errorPortHelp")}
        </p>
      ) : (
        <Field
          label={<span className="sr-only">{t("afterAll")}</span>}
          place={`${place.pointer}/onExhausted`}
          help={t(node.onExhausted === "fail" ? "failHelp" : "incidentHelp")}
        >
          <Select
            label={t("afterAll")}
            value={node.onExhausted ?? DSL_DEFAULTS.onExhausted}
            options={[
              { value: "incident", label: t("incident") },
              { value: "fail", label: t("fail") },
            ]}
            onChange={(next) =>
              patch({ onExhausted: next === DSL_DEFAULTS.onExhausted ? undefined : next }, "onExhausted")
            }
          />
        </Field>
      )}
      {effect === "once" && (
        <Field label={t("unknown")} place={`${place.pointer}/onUnknown`} className="mt-3">
          <Select
            label={t("unknown")}
            value={unknown}
            options={[
              { value: "ask", label: t("ask") },
              { value: "resend", label: t("resend") },
            ]}
            onChange={(next) => patch({ onUnknown: next }, "onUnknown")}
          />
        </Field>
      )}
      {effect === "keyed" && (
        <Field label={t("retention")} place={`${place.pointer}/keyRetention`} className="mt-3">
          <DurationInput
            label={t("retention")}
            value={node.keyRetention}
            fallback={DSL_DEFAULTS.keyRetention}
            unit="h"
            onChange={(next) => patch({ keyRetention: next }, "keyRetention")}
          />
        </Field>
      )}
    </Section>
  );
}
