import { remedyFor, type Remedy } from "../../../lib/mail/stage/remedy";

const row = {
  code: "mail/example",
  stages: ["TCP"],
  summary: "{where} did not answer within {ms} ms",
  fix: "Ask {where}.",
} as const satisfies Remedy;

const plain = { code: "mail/plain", stages: ["TCP"], severity: "warning", summary: "odd", fix: "See." } as const;

it("fills in what the row leaves open, and takes what is filled in as it is", () => {
  expect(remedyFor(row, { where: "{ms}$&", ms: 30 }, "220 hello")).toEqual({
    code: "mail/example",
    severity: "error",
    summary: "{ms}$& did not answer within 30 ms",
    fix: "Ask {ms}$&.",
    evidence: "220 hello",
  });
});

it("leaves out evidence that says nothing, and keeps the row's severity", () => {
  expect(remedyFor(plain, {}, "")).toEqual({
    code: "mail/plain",
    severity: "warning",
    summary: "odd",
    fix: "See.",
  });
});

it("does not compile, nor run, with a value missing", () => {
  // @ts-expect-error the row wants `ms` too
  expect(() => remedyFor(row, { where: "x" })).toThrow(/\{ms\}/);
  // @ts-expect-error the row wants values
  expect(() => remedyFor(row)).toThrow(RangeError);
  expect(() => remedyFor(row as Remedy, { where: "x" })).toThrow(RangeError);
  expect(remedyFor(plain).evidence).toBeUndefined();
});
