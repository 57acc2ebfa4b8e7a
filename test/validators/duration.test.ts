import { duration, parseDuration } from "../../lib/validators";

test.each([
  ["30m", 1_800_000],
  ["1h30m", 5_400_000],
  ["1.5h", 5_400_000],
  ["250ms", 250],
  ["90s", 90_000],
])("%s lasts %d milliseconds", (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
  expect(duration.check(text)).toBeUndefined();
});

test.each([
  ["30", 'Did you mean "30s"?'],
  ["30 minutes", 'Did you mean "30m"?'],
  ["1 hour and 30 min", 'Did you mean "1h30m"?'],
  ["soon", 'Write numbers with units: "ms", "s", "m", "h".'],
  ["-5m", 'Write numbers with units: "ms", "s", "m", "h".'],
  ["", 'Write numbers with units: "ms", "s", "m", "h".'],
])("%j is refused, and the fix says %s", (text, fix) => {
  expect(duration.check(text)).toMatchObject({ code: "value/not-a-duration", fix });
});

test("no time at all is refused", () => {
  expect(duration.check("0s")?.code).toBe("value/zero-duration");
});
