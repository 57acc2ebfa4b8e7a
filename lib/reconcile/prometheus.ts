import { compare } from "../core/finding";
import { BUCKETS, count, VERDICTS, type Detection } from "./detection";
import type { ChainProof, ProvedStage } from "../proof/proof";

type Labels = Readonly<Record<string, string>>;

/** One value with its labels. */
interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

/** The values of one name; a metric without samples is left out. */
interface Metric {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

const [MS, DAY_MS] = [1_000, 86_400_000];

/**
 * Writes detections as metrics, for the textfile collector of Prometheus' node exporter or a Pushgateway.
 *
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function toPrometheus(...detections: readonly Detection[]): string {
  const metrics = new Map<string, { readonly help: string; readonly lines: string[] }>();
  for (const detection of detections) {
    const { stack } = detection;
    for (const { name, help, samples } of metricsOf(detection)) {
      const metric = metrics.get(name) ?? { help, lines: [] };
      metrics.set(name, metric);
      metric.lines.push(...samples.map(({ labels, value }) => `${name}{${labelled({ stack, ...labels })}} ${value}`));
    }
  }
  // Each name occurs once, followed by the samples of all stacks.
  const lines = [...metrics]
    .filter(([, metric]) => metric.lines.length > 0)
    .flatMap(([name, metric]) => [`# HELP ${name} ${metric.help}`, `# TYPE ${name} gauge`, ...metric.lines]);
  return `${lines.join("\n")}\n`;
}

function metricsOf(detection: Detection): Metric[] {
  const { verdict, detectedAt, proof, horizon } = detection;
  const chains = proof?.chains ?? [];
  const known = chains.filter(({ state }) => state !== "unknown");
  const checkedAt = Date.parse(detectedAt);
  const arrived = chains.flatMap(({ arrivedAfterMs: ms, ...chain }) =>
    ms === undefined ? [] : [{ labels: chainLabels(chain), seconds: ms / MS }],
  );
  const stages = chains.flatMap((chain) =>
    chain.stages.filter(happened).map((stage) => ({ labels: { ...chainLabels(chain), stage: stage.name }, stage })),
  );
  const dated = (horizon?.endings ?? []).flatMap(({ kind, subject, at, paths }) =>
    at === undefined ? [] : [{ labels: { kind, subject, path: paths.join(",") }, endsAt: Date.parse(at) }],
  );
  return [
    gauge("outbound_detection_timestamp_seconds", "When the check was made.", [{ labels: {}, value: checkedAt / MS }]),
    gauge(
      "outbound_verdict",
      "1 for what the check came to, 0 for the others.",
      VERDICTS.map((one) => ({ labels: { verdict: one }, value: Number(one === verdict) })),
    ),
    gauge(
      "outbound_objects",
      "Objects by what is the matter with them.",
      BUCKETS.map((bucket) => ({ labels: { bucket }, value: count(detection, bucket) })),
    ),
    gauge(
      "outbound_mail_gets_through",
      "1 when mail got through, 0 when not; absent where nobody could tell.",
      known.map((chain) => ({ labels: chainLabels(chain), value: Number(chain.state === "through") })),
    ),
    gauge(
      "outbound_mail_unknown",
      "1 where nobody could tell whether mail gets through.",
      chains.map((chain) => ({ labels: chainLabels(chain), value: Number(chain.state === "unknown") })),
    ),
    gauge(
      "outbound_mail_stage_seconds",
      "How long each stage took.",
      stages.map(({ labels, stage }) => ({ labels, value: stage.durationMs / MS })),
    ),
    gauge(
      "outbound_mail_stage_passed",
      "1 when the stage passed, with a warning too; 0 when it failed.",
      stages.map(({ labels, stage }) => ({ labels, value: Number(stage.status !== "failed") })),
    ),
    gauge(
      "outbound_mail_arrival_seconds",
      "From the server's consent to the mailbox.",
      arrived.map(({ labels, seconds }) => ({ labels, value: seconds })),
    ),
    gauge(
      "outbound_mail_arrived_timestamp_seconds",
      "When mail was last seen to arrive.",
      arrived.map(({ labels }) => ({ labels, value: checkedAt / MS })),
    ),
    gauge(
      "outbound_end_timestamp_seconds",
      "When something that the mail needs ends.",
      dated.map(({ labels, endsAt }) => ({ labels, value: endsAt / MS })),
    ),
    gauge(
      "outbound_end_days",
      "Days until then, as of the check.",
      dated.map(({ labels, endsAt }) => ({ labels, value: Math.floor((endsAt - checkedAt) / DAY_MS) })),
    ),
  ];
}

/** Drops duplicates: a scraper refuses a series that occurs twice. */
function gauge(name: string, help: string, samples: readonly Sample[]): Metric {
  const distinct = new Map(samples.map((sample) => [labelled(sample.labels), sample]));
  return { name, help, samples: [...distinct].sort(([a], [b]) => compare(a, b)).map(([, sample]) => sample) };
}

const chainLabels = ({ address, server, how }: Pick<ChainProof, "address" | "server" | "how">): Labels => ({
  address,
  how,
  ...(server === undefined ? {} : { server }),
});

const happened = ({ status }: ProvedStage): boolean => ["passed", "warning", "failed"].includes(status);

const labelled = (labels: Labels): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(",");

/** Escapes a label's value. */
const escaped = (value: string): string =>
  value
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replace(/\r?\n|\r/g, "\\n");
