import { systems } from "../../lib/systems";
import type { Fault } from "../../lib/sandbox/faults";
import { pick, seeded, upTo, type Random } from "../support/random";
import { TYPES } from "./configuration";
import { EFFECTS, repeats } from "./effects";
import { SECRETS } from "./planted-secrets";
import type { Declared, Disruption, TaskOutcome, Trial } from "./trial";

/** Primes, so that two trials of neighbouring seeds have nothing in common. */
const TRIALS_APART = 7_919;
const SMALLEST = 2;
const LARGEST = 5;
const FLOW = "outbound_ovh_vrops_flow";
/** By what is done; the more requests have it, the more often. */
const METHODS = {
  creating: ["ANY", "ANY", "GET", "POST", "POST"],
  changing: ["ANY", "ANY", "ANY", "GET", "POST", "PUT", "PATCH", "DELETE"],
  destroying: ["ANY", "ANY", "GET", "POST", "DELETE"],
} as const;
/** Which writes carry the password: no system can say back what it has never been told. */
const REPEATS: Readonly<Record<string, Pick<Fault, "system" | "method" | "path">>> = {
  outbound_vrops_email_plugin: { system: "vrops", method: "POST", path: "/suite-api/api/alertplugins" },
  outbound_uipath_tenant_mail: { system: "uipath", method: "POST", path: "/**UpdateBulk" },
  outbound_uipath_system_mail: { system: "uipath", method: "PUT", path: "/**/api/Setting" },
};
/** What is only shown to readers. */
const OF_READING = ["stale", "stale from the last write", "omitted"];
const WRITES = ["POST", "PUT", "PATCH", "DELETE"] as const;
/** More requests than any trial makes. */
const ALL = 1_000;
const OUTCOMES: readonly TaskOutcome[] = ["fixing", "error", "canceled", "given-up", "hanging"];

/** The trial of this seed and number: the same two numbers, the same trial. */
export function generate(seed: number, number: number): Trial {
  const random = seeded(seed * TRIALS_APART + number);
  const secret = pick(random, SECRETS[pick(random, ["distinctive", "distinctive", "short", "common"] as const)]);
  const wanted = declaration(random);
  const command = random() < 0.2 ? "destroy" : "apply";
  const hasBefore = command === "destroy" || random() < 0.5;
  const before = hasBefore ? (command === "destroy" ? wanted : changedFrom(random, wanted)) : undefined;
  const tasks = Array.from({ length: newFlows(wanted, before) }, () => pick(random, OUTCOMES));
  const touched = systemsOf([...wanted, ...(before ?? [])]);
  const doing = command === "destroy" ? "destroying" : before === undefined ? "creating" : "changing";
  const faults =
    random() < 0.1
      ? everyReplyLost(random, systemsOf(wanted))
      : [...repeated(random, wanted, secret), ...severalFaults(random, touched, METHODS[doing])];
  return {
    seed,
    number,
    ...(before === undefined ? {} : { before }),
    wanted,
    command,
    // Each outcome is used up by a task of the struck apply; what kept the task from being begun would leave it to a later one.
    faults: tasks.length === 0 ? faults : faults.filter(({ system = "ovh" }) => system !== "ovh"),
    tasks,
    disruption: tasks.length === 0 ? disruption(random) : { kind: "none" },
    secret,
    trace: random() < 0.35,
  };
}

/** Those that the trial speaks to, so that its faults are met. */
const systemsOf = (declared: readonly Declared[]): readonly string[] =>
  systems.map(({ name }) => name).filter((name) => declared.some(({ type }) => type.startsWith(`outbound_${name}_`)));

const severalFaults = (random: Random, touched: readonly string[], methods: readonly string[]): readonly Fault[] =>
  Array.from({ length: 3 + upTo(random, 5) }, () => fault(random, touched, methods));

/** One refusal that says the password back, in some of the trials that send it. */
function repeated(random: Random, wanted: readonly Declared[], secret: string): readonly Fault[] {
  const where = wanted.flatMap(({ type }) => REPEATS[type] ?? []);
  return where.length === 0 || random() < 0.5 ? [] : [{ ...pick(random, where), effect: repeats(secret) }];
}

/** No write of a system is ever answered, although each is done; the first is a login where there is one. */
function everyReplyLost(random: Random, touched: readonly string[]): readonly Fault[] {
  const system = pick(random, touched);
  return WRITES.map((method) => ({
    system,
    method,
    path: "/**",
    times: ALL,
    after: method === "POST" ? 1 : 0,
    effect: EFFECTS["reset after"]!,
  }));
}

/** Flows that the apply has to make, each by a task. */
function newFlows(wanted: readonly Declared[], before: readonly Declared[] = []): number {
  const identities = (declared: readonly Declared[]) =>
    declared.flatMap(({ type, identity }) => (type === FLOW ? [identity] : []));
  return identities(wanted).filter((identity) => !identities(before).includes(identity)).length;
}

function declaration(random: Random): readonly Declared[] {
  const all = TYPES.flatMap(({ type, identities, changes }) =>
    Array.from({ length: identities }, (_, identity): Declared => ({
      type,
      identity,
      changed: changes && random() < 0.5,
    })),
  );
  const size = SMALLEST + upTo(random, LARGEST - SMALLEST + 1);
  const chosen = new Set<Declared>();
  while (chosen.size < size) chosen.add(pick(random, all));
  return [...chosen];
}

/** Something else that `wanted` is a change of: objects changed, gone and new. */
function changedFrom(random: Random, wanted: readonly Declared[]): readonly Declared[] {
  const kept = wanted
    .filter(() => random() < 0.8)
    .map((one) => {
      const changes = TYPES.some(({ type, changes: can }) => type === one.type && can);
      return changes && random() < 0.5 ? { ...one, changed: !one.changed } : one;
    });
  const [more] = declaration(random);
  const isNew = !wanted.some(({ type, identity }) => type === more!.type && identity === more!.identity);
  return isNew || kept.length === 0 ? [...kept, more!] : kept;
}

function fault(random: Random, touched: readonly string[], methods: readonly string[]): Fault {
  // Only tasks vanish, which OVHcloud has: a list that says 404 is another system.
  const effects = Object.keys(EFFECTS).filter((one) => one !== "404" || touched.includes("ovh"));
  const name = pick(random, effects);
  const often = { times: pick(random, [1, 1, 2, 3, 6]), after: pick(random, [0, 0, 0, 0, 1, 2]) };
  if (name === "404") return { system: "ovh", path: "/**/task/*", ...often, effect: EFFECTS[name]! };
  const method = OF_READING.includes(name) ? "GET" : pick(random, methods);
  return {
    ...(random() < 0.7 ? { system: pick(random, touched) } : {}),
    ...(method === "ANY" ? {} : { method }),
    path: "/**",
    ...often,
    effect: EFFECTS[name]!,
  };
}

function disruption(random: Random): Disruption {
  const afterWrites = 1 + upTo(random, 4);
  switch (upTo(random, 11)) {
    case 0:
      return { kind: "kill-provider", afterWrites };
    case 1:
      return { kind: "kill-terraform", afterWrites };
    case 2:
      return { kind: "interrupt", afterWrites, times: 1 };
    case 3:
      return { kind: "interrupt", afterWrites, times: 2 };
    case 4:
      return { kind: "full-disk", kilobytes: pick(random, [0, 1, 4, 16]) };
    case 5:
      return { kind: "clock-jump", ms: pick(random, [-86_400_000, -3_600_000, 3_600_000, 86_400_000]), afterMs: 500 };
    default:
      return { kind: "none" };
  }
}
