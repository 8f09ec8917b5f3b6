import { isJsonObject, type Json, type JsonObject } from "@holdfast/dsl";
import { fieldsIn, typeOfField } from "./schema-model.ts";

/** The values a form begins with: the defaults of its fields. */
export function startValues(schema: JsonObject): JsonObject {
  return Object.fromEntries(
    fieldsIn(schema).flatMap(({ name, schema: field }): [string, Json][] => {
      const value = isJsonObject(field) ? field["default"] : undefined;
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** With a "no" for every yes or no that has to be there: a box that was left alone says no. */
export function withUnticked(schema: JsonObject, values: JsonObject): JsonObject {
  const missing = fieldsIn(schema).filter(
    ({ name, schema: field, required }) => required && typeOfField(field) === "boolean" && !Object.hasOwn(values, name),
  );
  return missing.length === 0 ? values : { ...values, ...Object.fromEntries(missing.map(({ name }) => [name, false])) };
}
