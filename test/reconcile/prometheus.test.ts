import type { Detection } from "../../lib/reconcile/detection";
import { toPrometheus } from "../../lib/reconcile/prometheus";
import type { ChainProof } from "../../lib/proof/proof";

const chain: ChainProof = {
  address: 'outbound_test_email.test["a"]',
  how: "send",
  state: "through",
  server: "smtp.example.com:587",
  verdict: "delivered",
  stages: [
    { name: "TCP", kind: "TCP", status: "passed", durationMs: 12, detail: "" },
    { name: "AUTH", kind: "AUTH", status: "failed", durationMs: 340, detail: "" },
    { name: "DATA", kind: "DATA", status: "skipped", durationMs: 0, detail: "" },
  ],
  receivers: [],
  arrivedAfterMs: 2_500,
  certificates: [],
  leftOut: [],
};

const detection = (more: Partial<Detection> = {}): Detection => ({
  format: "outbound-detection/1",
  stack: "alerts",
  detectedAt: "2026-11-29T07:00:00.000Z",
  configHash: "sha256:1",
  planHash: null,
  verdict: "broken",
  summary: "1 broken",
  entries: [{ bucket: "broken", type: "outbound_test_email", kind: "test e-mail" }],
  coverage: [],
  receivers: { managed: 0, total: 0 },
  followUps: [],
  ...more,
});

/** Name, labels and value of each sample; fails at what is no line of the format. */
function samples(text: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const line of text.split("\n").filter((one) => one !== "" && !one.startsWith("#"))) {
    const [, series, value] = /^([a-z_]+\{(?:[a-z]+="(?:[^"\\\n]|\\[\\"n])*",?)*\}) (-?[\d.e+]+)$/.exec(line) ?? [];
    if (series === undefined) throw new Error(`No sample: ${line}`);
    if (found.has(series)) throw new Error(`Twice: ${series}`);
    found.set(series, Number(value));
  }
  return found;
}

it("tells verdict, objects, and when the check was made", () => {
  const all = samples(toPrometheus(detection()));
  expect(all.get('outbound_verdict{stack="alerts",verdict="broken"}')).toBe(1);
  expect(all.get('outbound_verdict{stack="alerts",verdict="in-sync"}')).toBe(0);
  expect(all.get('outbound_objects{stack="alerts",bucket="broken"}')).toBe(1);
  expect(all.get('outbound_detection_timestamp_seconds{stack="alerts"}')).toBe(1_795_935_600);
});

it("tells of each way of the mail: whether, how long each stage took, when it arrived", () => {
  const all = samples(toPrometheus(detection({ proof: { mode: "send", chains: [chain] } })));
  const of = 'stack="alerts",address="outbound_test_email.test[\\"a\\"]",how="send",server="smtp.example.com:587"';
  expect(all.get(`outbound_mail_gets_through{${of}}`)).toBe(1);
  expect(all.get(`outbound_mail_stage_seconds{${of},stage="TCP"}`)).toBe(0.012);
  expect(all.get(`outbound_mail_stage_passed{${of},stage="AUTH"}`)).toBe(0);
  expect(all.get(`outbound_mail_arrival_seconds{${of}}`)).toBe(2.5);
  expect([...all.keys()].filter((series) => series.includes('stage="DATA"'))).toEqual([]);
});

it("does not call unknown broken, nor through", () => {
  const all = samples(toPrometheus(detection({ proof: { mode: "probe", chains: [{ ...chain, state: "unknown" }] } })));
  const series = [...all.keys()];
  expect(series.filter((one) => one.startsWith("outbound_mail_gets_through"))).toEqual([]);
  expect(series.filter((one) => one.startsWith("outbound_mail_unknown")).map((one) => all.get(one))).toEqual([1]);
});

it("tells what ends, as a moment and in days, once each", () => {
  const end = {
    kind: "certificate",
    paths: ["a"],
    subject: 'certificate CN="x"\nof y',
    state: "near",
    fix: "",
  } as const;
  const endings = [
    { ...end, at: "2026-12-09T07:00:00.000Z" },
    { ...end, at: "2026-12-09T07:00:00.000Z" },
    { ...end, state: "untold" as const },
  ];
  const text = toPrometheus(detection({ horizon: { until: "2026-12-29T07:00:00.000Z", endings } }));
  const days = [...samples(text)].filter(([series]) => series.startsWith("outbound_end_days"));
  expect(days).toEqual([
    ['outbound_end_days{stack="alerts",kind="certificate",subject="certificate CN=\\"x\\"\\nof y",path="a"}', 10],
  ]);
});

it("has a help and a type for each name, once", () => {
  const text = toPrometheus(detection({ proof: { mode: "send", chains: [chain] } }));
  const names = [...new Set([...samples(text).keys()].map((series) => series.split("{")[0]))];
  for (const name of names) {
    expect(text.match(new RegExp(`^# HELP ${name} `, "gm"))).toHaveLength(1);
    expect(text.match(new RegExp(`^# TYPE ${name} gauge$`, "gm"))).toHaveLength(1);
  }
});

it("has the numbers of several stacks under each name, which stands once", () => {
  const text = toPrometheus(detection({ stack: "a" }), detection({ stack: "b", verdict: "drift" }));
  const heads = text.split("\n").filter((line) => line.startsWith("#"));
  expect(new Set(heads).size).toBe(heads.length);
  const all = samples(text);
  expect(all.get('outbound_verdict{stack="a",verdict="broken"}')).toBe(1);
  expect(all.get('outbound_verdict{stack="b",verdict="broken"}')).toBe(0);
  // Lines of one name stand together.
  const names = text.split("\n").flatMap((line) => /^(\w+)\{/.exec(line)?.[1] ?? []);
  expect(names.filter((name, index) => name !== names[index - 1])).toHaveLength(new Set(names).size);
});
