/** Random texts that open a door: 256 bits, of which only the SHA-256 is stored. */
import { hash, randomBytes } from "node:crypto";

const FORM = /^[\w-]{43}$/;

export const newToken = (): string => randomBytes(32).toString("base64url");

export const isToken = (text: string): boolean => FORM.test(text);

export const hashToken = (token: string): Buffer => hash("sha256", token, "buffer");
