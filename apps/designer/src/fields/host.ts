/** What a form's fields get from the page around them: values, checks, and what there is to choose from. */
import type { Json, JsonObject, NodeManifest, Roots, TypeEnv } from "@holdfast/dsl";
import { createContext, use, type ComponentType } from "react";
import type { FieldIssue } from "../expression-field/quick-fix.ts";
import type { UnreadTexts } from "./json-input.tsx";

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** People, as far as the reader may see them. */
export interface Directory {
  readonly roles: readonly string[];
  readonly groups: readonly Named[];
  readonly people: readonly Named[];
}

/** Every pointer is one into the document. */
export interface FieldsHost {
  /** The node type, by which the words of its params are found. */
  readonly type: string;
  /** Where the params stand. */
  readonly base: string;
  readonly value: (pointer: string) => Json | undefined;
  /** `undefined` takes the value away. One field's typing is one entry of the history. */
  readonly set: (pointer: string, value: Json | undefined) => void;
  /** What is wrong at exactly this place. */
  readonly issuesAt: (pointer: string) => readonly FieldIssue[];
  readonly envAt: (pointer: string) => TypeEnv;
  readonly nodeName: (id: string) => string;
  readonly sample?: { readonly name: string; readonly roots: Roots } | undefined;
  readonly flows: readonly Named[];
  /** Node types that a node can call. */
  readonly callable?: readonly NodeManifest[] | undefined;
  readonly directory: Directory;
  /** Names of the calendars that working time can be counted in, beside the default one. */
  readonly calendars?: readonly string[] | undefined;
  /** No field can be changed: why. */
  readonly readOnly?: string | undefined;
  readonly Field: ComponentType<ParamFieldProps>;
  readonly unread?: UnreadTexts | undefined;
}

export interface ParamFieldProps {
  readonly pointer: string;
  readonly schema: JsonObject;
  readonly required?: boolean | undefined;
  /** Instead of the name that the schema gives. */
  readonly label?: string | undefined;
  /** In a row or a list: the name is only spoken. */
  readonly bare?: boolean | undefined;
}

const HostContext = createContext<FieldsHost | undefined>(undefined);

export const FieldsProvider = HostContext.Provider;

export function useHost(): FieldsHost {
  const host = use(HostContext);
  if (host === undefined) throw new Error("A field stands outside of a form.");
  return host;
}
