import { expect, test } from "vitest";
import { allowsHost, hostPattern } from "./hosts.ts";

test.each([
  ["api.example.com", "api.example.com", 443, true],
  ["api.example.com", "API.example.com", 8443, true],
  ["api.example.com", "example.com", 443, false],
  ["api.example.com", "api.example.com.evil.org", 443, false],
  ["api.example.com:8443", "api.example.com", 8443, true],
  ["api.example.com:8443", "api.example.com", 443, false],
  ["*.example.com", "a.b.example.com", 443, true],
  ["*.example.com", "example.com", 443, false],
  ["*.example.com", "evilexample.com", 443, false],
  ["127.0.0.1:4010", "127.0.0.1", 4010, true],
  ["[::1]:4010", "[::1]", 4010, true],
  ["[::1]:4010", "::1", 4011, false],
])("%s for %s:%i is %s", (pattern, host, port, allowed) => {
  expect(allowsHost([hostPattern(pattern) ?? "nothing"], { host, port })).toBe(allowed);
});

test.each(["", "*", "*.", "https://api.example.com", "api.example.com/path", "a b", "*.*.com", "user@host"])(
  "%j says nothing",
  (text) => {
    expect(hostPattern(text)).toBeUndefined();
  },
);
