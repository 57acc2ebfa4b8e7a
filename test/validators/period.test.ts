import { parsePeriod, period } from "../../lib/validators";

test.each([
  ["7d", 604_800_000],
  ["36h", 129_600_000],
  ["1d12h", 129_600_000],
  ["90m", 5_400_000],
])("%s is %d milliseconds", (text, milliseconds) => {
  expect(parsePeriod(text)).toBe(milliseconds);
  expect(period.check(text)).toBeUndefined();
});

test.each([
  ["7", 'Did you mean "7d"?'],
  ["7 days", 'Did you mean "7d"?'],
  ["1 week", 'Did you mean "7d"?'],
  ["1 day and 12 hours", 'Did you mean "1d12h"?'],
  ["30s", 'Write numbers with units: "d", "h", "m".'],
  ["12h1d", 'Write numbers with units: "d", "h", "m".'],
  ["0d", 'Write numbers with units: "d", "h", "m".'],
  ["", 'Write numbers with units: "d", "h", "m".'],
])("%j is refused, and the fix says %s", (text, fix) => {
  expect(period.check(text)).toMatchObject({ code: "value/not-a-period", fix });
});
