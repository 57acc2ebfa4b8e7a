import { renderStages, stageRows } from "../../../lib/mail";
import type { Stage } from "../../../lib/mail";

const stages: Stage[] = [
  { name: "config", status: "passed", durationMs: 1, detail: "smtp.example.com:587" },
  { name: "TLS", status: "warning", durationMs: 31, detail: "TLSv1.3", remedy: "Plan the renewal." },
  {
    name: "RCPT a@example.com",
    status: "failed",
    durationMs: 1204,
    detail: "550 5.1.1",
    remedy: "Check the spelling.",
  },
  { name: "DATA", status: "skipped", durationMs: 0, detail: "not reached" },
  { name: "uipath test x", status: "unavailable", durationMs: 2, detail: "no such call" },
];

const TABLE = [
  "ok    config                 1 ms  smtp.example.com:587",
  "warn  TLS                   31 ms  TLSv1.3",
  "                                   -> Plan the renewal.",
  "FAIL  RCPT a@example.com  1204 ms  550 5.1.1",
  "                                   -> Check the spelling.",
  "-     DATA                         not reached",
  "n/a   uipath test x          2 ms  no such call",
].join("\n");

it("aligns stages and puts each remedy below its stage", () => {
  expect(renderStages(stages)).toBe(TABLE);
});

it("renders the rows of a state just as the stages they came from", () => {
  expect(renderStages(stageRows(stages))).toBe(TABLE);
});

it("renders nothing as nothing", () => {
  expect(renderStages([])).toBe("");
});
