import { parseDuration, parseDurationWithDays } from "../../lib/terraform-plugin/duration";

it.each(["", "d", "7", "7D", "7 d", "1h7d", "1.5d", "7d-1h", "7d\n", "1234567d"])("takes no days from %j", (text) =>
  expect(parseDurationWithDays(text)).toBeUndefined(),
);

it.each([
  ["7d", 604_800_000],
  ["1d12h", 129_600_000],
  ["0d", 0],
  ["2d1.5h", 178_200_000],
])("takes %s for %d ms", (text, ms) => {
  expect(parseDurationWithDays(text)).toBe(ms);
  expect(parseDuration(text)).toBeUndefined();
});

it.each(["90s", "1h30m", "250ms", "soon"])("takes %s, which has no days, as any duration", (text) =>
  expect(parseDurationWithDays(text)).toBe(parseDuration(text)),
);
