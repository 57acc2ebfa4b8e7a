import { RETRY_AFTER } from "./effects";
import { generate } from "./generate";
import { SECRETS } from "./planted-secrets";
import { TYPES } from "./configuration";

const many = Array.from({ length: 600 }, (_, at) => generate(5, at));

it("makes the same trial of the same seed and number, and another of others", () => {
  expect(generate(5, 3)).toEqual(generate(5, 3));
  expect(generate(5, 3)).not.toEqual(generate(5, 4));
  expect(generate(5, 3)).not.toEqual({ ...generate(6, 3), seed: 5 });
});

it("makes trials that survive a record", () => {
  for (const trial of many) expect(JSON.parse(JSON.stringify(trial))).toEqual(trial);
});

it("comes to everything that it knows", () => {
  const types = new Set(many.flatMap(({ wanted }) => wanted.map(({ type }) => type)));
  expect([...types].sort()).toEqual(TYPES.map(({ type }) => type).sort());
  const disruptions = new Set(
    many.map(({ disruption }) => JSON.stringify([disruption.kind, Object(disruption).times])),
  );
  expect(disruptions.size).toBe(7);
  expect(new Set(many.map(({ secret }) => secret)).size).toBe(Object.values(SECRETS).flat().length);
  expect(new Set(many.flatMap(({ tasks }) => tasks)).size).toBe(5);
  const waits = many.flatMap(({ faults }) =>
    faults.flatMap(({ effect }) =>
      effect.kind === "status" && effect.status === 429 ? [effect.headers?.["retry-after"]] : [],
    ),
  );
  expect(new Set(waits)).toEqual(new Set(RETRY_AFTER));
});

it("arms several faults, on systems that the trial speaks to", () => {
  for (const { faults, tasks, wanted, before = [] } of many) {
    const types = [...wanted, ...before].map(({ type }) => type);
    for (const { system } of faults) {
      if (system !== undefined) expect(types.some((type) => type.startsWith(`outbound_${system}_`))).toBe(true);
    }
    if (tasks.length === 0) expect(faults.length).toBeGreaterThanOrEqual(3);
  }
});

it("loses the reply of every write in some trials", () => {
  const lost = many.filter(({ faults }) => faults.length === 4 && faults.every(({ times }) => times === 1_000));
  expect(lost.length).toBeGreaterThan(10);
  expect(lost[0]!.faults.map(({ method }) => method)).toEqual(["POST", "PUT", "PATCH", "DELETE"]);
});

it("declares no object twice", () => {
  for (const { wanted, before = wanted } of many) {
    for (const declared of [wanted, before]) {
      expect(new Set(declared.map(({ type, identity }) => `${type} ${identity}`)).size).toBe(declared.length);
      expect(declared.length).toBeGreaterThan(0);
    }
  }
});
