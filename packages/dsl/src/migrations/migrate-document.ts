/**
 * From the format that a document was written in to the one that this version reads. One step per format, up only;
 * a step that was published never changes, because documents of its format are stored for good.
 */
import { DSL_VERSION } from "../document/flow.ts";
import { isJsonObject } from "../document/json-field.ts";
import type { JsonObject } from "../json.ts";

/** Takes a document of format `from` to `from + 1`. It sees the document as it was stored, and must not change it. */
export interface Migration {
  readonly from: number;
  readonly migrate: (document: JsonObject) => JsonObject;
}

/** In order. Empty as long as there is only DSL 1. Each has a frozen sample in `fixtures/formats`. */
export const MIGRATIONS: readonly Migration[] = [];

/** The document's format is newer than this version of Holdfast, or none that ever was. */
export class UnsupportedFormatError extends Error {
  override readonly name = "UnsupportedFormatError";
  readonly code = "unsupported_dsl";
  readonly dsl: number;

  constructor(dsl: number, newest: number) {
    super(
      dsl > newest
        ? `This document has format ${dsl}; this version of Holdfast reads formats up to ${newest}. Update Holdfast.`
        : `There is no format ${dsl}.`,
    );
    this.dsl = dsl;
  }
}

/**
 * The document in today's format. What is no document at all (no object, no number as `dsl`) is given back as it is:
 * `parseFlow` says what is wrong with it.
 * @throws UnsupportedFormatError
 */
export function migrateDocument(input: unknown): unknown {
  return migrateWith(MIGRATIONS, DSL_VERSION, input);
}

/** {@link migrateDocument} with other steps. */
export function migrateWith(migrations: readonly Migration[], newest: number, input: unknown): unknown {
  if (!isJsonObject(input) || typeof input["dsl"] !== "number") return input;
  let document = input;
  for (let dsl = input["dsl"]; dsl !== newest; dsl++) {
    const step = migrations.find(({ from }) => from === dsl);
    if (step === undefined) throw new UnsupportedFormatError(dsl, newest);
    document = { ...step.migrate(document), dsl: dsl + 1 };
  }
  return document;
}
