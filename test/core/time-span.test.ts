import { timeSpan } from "../../lib/core/time-span";

it.each([
  [0, "0 ms"],
  [340.4, "340 ms"],
  [1_000, "1 s"],
  [2_149, "2.1 s"],
  [10_050, "10.1 s"],
  [60_000, "1 min"],
  [185_400, "3 min 5 s"],
  [3_600_000, "1 h"],
  [5_400_000, "1 h 30 min"],
  [86_400_000, "1 day"],
  [187_200_000, "2 days 4 h"],
  [30 * 86_400_000, "30 days"],
  [11 * 86_400_000, "11 days"],
  [365 * 86_400_000, "365 days"],
  [365 * 86_400_000 + 1, "more than a year"],
  [99_999_999_999_999_980_000_000, "more than a year"],
  [Infinity, "more than a year"],
])("%d ms reads as %s", (ms, words) => {
  expect(timeSpan(ms)).toBe(words);
});
