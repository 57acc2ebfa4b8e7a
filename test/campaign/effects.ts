import type { FaultEffect } from "../../lib/sandbox/faults";
import { ENCODINGS } from "../support/secret-encodings";

const HTTP_DATE = "Sat, 28 Nov 2099 12:00:00 GMT";

/** Every form in which servers send Retry-After, and some in which they should not. */
export const RETRY_AFTER: readonly (string | undefined)[] = [
  undefined,
  "0",
  "1",
  "0.5",
  "-3",
  "soon",
  "",
  "86400",
  "99999999999999999999",
  "Sat, 28 Nov 2020 12:00:00 GMT",
  HTTP_DATE,
];

/** What goes wrong with one answer, by the name that records use. */
export const EFFECTS: Readonly<Record<string, FaultEffect>> = {
  ...Object.fromEntries(
    RETRY_AFTER.map((value): [string, FaultEffect] => [
      `429 Retry-After ${value ?? "absent"}`,
      {
        kind: "status",
        status: 429,
        body: { message: "Too many requests" },
        ...(value === undefined ? {} : { headers: { "retry-after": value } }),
      },
    ]),
  ),
  ...Object.fromEntries(
    [500, 502, 503, 504].map((status): [string, FaultEffect] => [`${status}`, { kind: "status", status }]),
  ),
  "401": { kind: "status", status: 401, body: { message: "The token has expired" } },
  "reset before": { kind: "reset-before" },
  "reset after": { kind: "reset-after" },
  delay: { kind: "delay", ms: 1_500 },
  "slow body": { kind: "slow-body", ms: 1_500 },
  truncated: { kind: "truncated" },
  "a page with 200": { kind: "maintenance" },
  "empty 200": { kind: "fake-success", status: 200 },
  "empty 204": { kind: "fake-success" },
  stale: { kind: "stale", ms: 1_000 },
  "stale from the last write": { kind: "stale", from: "last-write", ms: 1_000 },
  omitted: { kind: "omit" },
  "404": { kind: "status", status: 404, body: { message: "This does not exist" } },
};

const REPEATED = "a refusal with the secret";

/** By which name records tell of it. */
export function nameOfEffect(effect: FaultEffect): string {
  const text = JSON.stringify(effect);
  return Object.entries(EFFECTS).find(([, known]) => JSON.stringify(known) === text)?.[0] ?? REPEATED;
}

/** A refusal that says back the secret, in every encoding. */
export function repeats(secret: string): FaultEffect {
  const words = Object.values(ENCODINGS)
    .map((encode) => encode(secret))
    .join(" ; ");
  const body = { message: words, Message: words, error_description: words, Messages: [{ Message: words }] };
  return { kind: "status", status: 400, body };
}
