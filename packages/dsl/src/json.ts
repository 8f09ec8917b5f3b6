/** A JSON value, as it stands in a document, an event, an input or an output. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JSON object. */
export type JsonObject = { [key: string]: Json };

/** A JSON Schema (draft 2020-12). `true` allows everything. */
export type JsonSchema = boolean | JsonObject;
