import { toCalendar } from "../../lib/proof/calendar";
import type { Ending } from "../../lib/proof/ending";

const NOW = Date.parse("2026-11-29T07:00:00Z");
const ending = (more: Partial<Ending> = {}): Ending => ({
  kind: "certificate",
  paths: ["outbound_test_email.test"],
  subject: "certificate CN=smtp.example.com of smtp.example.com:587",
  state: "near",
  at: "2026-12-11T23:59:59.000Z",
  fix: "Renew it.",
  ...more,
});
const calendar = (...endings: Ending[]) => toCalendar("alerts", { until: "2026-12-29T07:00:00Z", endings }, NOW);
/** As a reader puts continued lines together again. */
const unfolded = (text: string) => text.replaceAll("\r\n ", "").split("\r\n");

it("has an all-day event for each end that has a date, and no other", () => {
  const { at: _, ...undated } = ending({ state: "untold" });
  const lines = unfolded(calendar(ending(), undated));
  expect(lines.filter((line) => line === "BEGIN:VEVENT")).toHaveLength(1);
  expect(lines).toEqual(
    expect.arrayContaining([
      "DTSTAMP:20261129T070000Z",
      "DTSTART;VALUE=DATE:20261211",
      "DTEND;VALUE=DATE:20261212",
      "SUMMARY:Ends: certificate CN=smtp.example.com of smtp.example.com:587",
    ]),
  );
});

it("gives the same end the same UID, and another end another one", () => {
  const uid = (one: Ending) => unfolded(calendar(one)).find((line) => line.startsWith("UID:"));
  expect(uid(ending())).toBe(uid(ending({ paths: ["another"], fix: "Other words." })));
  expect(uid(ending())).not.toBe(uid(ending({ at: "2027-12-11T00:00:00.000Z" })));
});

it("lets no name begin a property of its own", () => {
  const lines = unfolded(calendar(ending({ subject: "certificate CN=a\r\nATTACH:http://evil.example;b,c\\d" })));
  expect(lines.filter((line) => line.startsWith("ATTACH"))).toEqual([]);
  expect(lines).toContain("SUMMARY:Ends: certificate CN=a\\nATTACH:http://evil.example\\;b\\,c\\\\d");
});

it("folds lines at 75 octets without tearing a character", () => {
  const subject = `certificate CN=${"ß€𝄞".repeat(40)}`;
  const text = calendar(ending({ subject }));
  for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  expect(unfolded(text)).toContain(`SUMMARY:Ends: ${subject}`);
});

it("is a whole calendar without any end, too", () => {
  const lines = unfolded(calendar());
  expect(lines[0]).toBe("BEGIN:VCALENDAR");
  expect(lines.slice(-2)).toEqual(["END:VCALENDAR", ""]);
});
