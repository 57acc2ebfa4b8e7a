import * as z from "../core/zod";

const word = z.string().check(z.maxLength(320));
const text = z.string().check(z.maxLength(20_000));
const milliseconds = z.number().check(z.nonnegative(), z.lte(86_400_000));

/** The JSON of `POST /_sandbox/tests`. Unknown fields are dropped: a newer provider may send more. */
export const reportSchema = z.object({
  kind: z.enum(["test-email", "send", "probe"]),
  id: z.optional(word),
  testedAt: z.iso.datetime(),
  target: z.object({ host: word, port: z.int().check(z.gte(1), z.lte(65_535)), security: word }),
  from: word,
  to: z.array(word).check(z.maxLength(500)),
  ok: z.boolean(),
  verdict: text,
  stages: z
    .array(
      z.object({
        name: z.string().check(z.maxLength(400)),
        status: z.enum(["passed", "warning", "failed", "skipped", "unavailable"]),
        durationMs: milliseconds,
        detail: text,
        remedy: z.optional(text),
        code: z.optional(word),
      }),
    )
    .check(z.maxLength(1_000)),
  receivers: z._default(
    z
      .array(
        z.object({
          address: word,
          status: z.enum(["accepted", "refused", "deferred", "unknown", "untried"]),
          reply: z.optional(text),
          attempts: z.int().check(z.nonnegative()),
          remedy: z.optional(text),
        }),
      )
      .check(z.maxLength(500)),
    [],
  ),
  messageId: z.optional(word),
  certificateExpiresAt: z.optional(word),
  arrival: z.optional(z.object({ folder: word, junk: z.boolean(), latencyMs: milliseconds })),
});
