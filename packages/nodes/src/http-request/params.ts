/** What all types that speak HTTP have in common. */
import { z } from "zod";

/** Kinds of credentials that go with a request. */
export const HTTP_CREDENTIALS = ["bearer", "basic", "header", "query", "apiKey", "oauth2"] as const;

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** Header names as RFC 9110 has them. */
export const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, { error: "must be the name of a header" });

/** The address. */
export const urlParam = z.string().min(1).meta({ "x-label": "Address", "x-order": 2, "x-address": true });

/** What is added to the address. */
export const queryParam = z
  .record(z.string(), z.union([scalar, z.null(), z.array(scalar)]))
  .optional()
  .meta({
    "x-label": "Query",
    "x-order": 3,
    "x-more": true,
    description: "Added to the address behind the question mark. What is null is left out.",
  });

/** Headers, the same in every call. */
export const headersParam = z.record(headerName, z.string()).optional().meta({
  "x-label": "Headers",
  "x-order": 4,
  "x-more": true,
  description: "Never secrets: those stand in the credential.",
});
