import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readHistory, timeOf } from "../../../lib/reconcile/history/history";
import { encodeRound } from "../../../lib/reconcile/history/lines";
import { roundAt } from "./support/rounds";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "outbound-history-"));
  path = join(folder, "history.jsonl");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (...rounds: ReturnType<typeof roundAt>[]) =>
  writeFileSync(path, Buffer.concat(rounds.map((round) => encodeRound(round))));

it("a history that is not there is no empty one", () => {
  expect(() => readHistory(path)).toThrow(/There is no history[^]*outbound watch/);
});

it("lines that are no rounds are counted: half ones, those of another version, those of somebody else", () => {
  write(roundAt(0));
  const line = encodeRound(roundAt(1)).toString();
  appendFileSync(path, "\n\n");
  appendFileSync(path, `${line.slice(0, 40)}\n`);
  appendFileSync(path, line.replace("outbound-round/1", "outbound-round/2"));
  appendFileSync(path, line.replace("in-sync", "splendid"));
  appendFileSync(path, line.replace('"through"', "17"));
  appendFileSync(path, line.replace(/"at":"[^"]+"/, '"at":"yesterday"'));
  appendFileSync(path, 'null\n[]\n"text"\n');
  // What a later version adds is let pass.
  appendFileSync(path, line.replace("{", '{"later":1,'));
  const { rounds, unreadable } = readHistory(path);
  expect(rounds.map(timeOf)).toEqual([0, 1].map((hour) => timeOf(roundAt(hour))));
  expect(unreadable).toBe(8);
});

it("a round that two processes carried over is one", () => {
  write(roundAt(0), roundAt(1), roundAt(0), roundAt(1));
  expect(readHistory(path).rounds).toHaveLength(2);
});

it("is in the order in which rounds began, and of one stack or a time where that is asked for", () => {
  write(roundAt(5), roundAt(2, { stack: "other" }), roundAt(3));
  const hoursOf = (selection = {}) => readHistory(path, selection).rounds.map((one) => one.at.slice(11, 13));
  expect(hoursOf()).toEqual(["02", "03", "05"]);
  expect(hoursOf({ stack: "alerts" })).toEqual(["03", "05"]);
  expect(hoursOf({ since: timeOf(roundAt(3)) })).toEqual(["03", "05"]);
  expect(hoursOf({ stack: "nobody" })).toEqual([]);
});
