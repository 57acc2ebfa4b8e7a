import { systems } from "../../lib/systems";
import type { Fault } from "../../lib/sandbox/faults";
import { pick, seeded, upTo, type Random } from "../support/random";
import { TYPES } from "./configuration";
import { EFFECTS, repeats } from "./effects";
import { SECRETS } from "./planted-secrets";
import type { Declared, Disruption, TaskOutcome, Trial } from "./trial";

/** Primes, so that two trials of neighbouring seeds have nothing in common. */
const TRIALS_APART = 7_919;
const LARGEST = 5;
const FLOW = "outbound_ovh_vrops_flow";
/** The more requests have it, the more often. */
const METHODS = ["ANY", "ANY", "ANY", "GET", "GET", "POST", "POST", "PUT", "PATCH", "DELETE"] as const;
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
  const faults = random() < 0.1 ? everyReplyLost(random, touched) : severalFaults(random, touched, secret);
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

const severalFaults = (random: Random, touched: readonly string[], secret: string): readonly Fault[] =>
  Array.from({ length: 3 + upTo(random, 5) }, () => fault(random, touched, secret));

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
  const size = 1 + upTo(random, LARGEST);
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

function fault(random: Random, touched: readonly string[], secret: string): Fault {
  // Only tasks vanish, which OVHcloud has: a list that says 404 is another system.
  const effects = Object.keys(EFFECTS).filter((one) => one !== "404" || touched.includes("ovh"));
  const name = pick(random, effects);
  const often = { times: pick(random, [1, 1, 2, 3, 6]), after: pick(random, [0, 0, 0, 0, 1, 2]) };
  if (name === "404") return { system: "ovh", path: "/**/task/*", ...often, effect: EFFECTS[name]! };
  const method = pick(random, METHODS);
  return {
    ...(random() < 0.7 ? { system: pick(random, touched) } : {}),
    ...(method === "ANY" ? {} : { method }),
    path: "/**",
    ...often,
    effect: random() < 0.1 ? repeats(secret) : EFFECTS[name]!,
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
