import { generate } from "./generate";
import { shrink, smallerThan } from "./shrink";
import type { Trial } from "./trial";

const lost = { path: "/**", method: "POST", times: 3, after: 0, effect: { kind: "reset-after" } } as const;
const trial: Trial = {
  ...generate(1, 1),
  command: "apply",
  before: [{ type: "outbound_vrops_plugin", identity: 0, changed: false }],
  wanted: [
    { type: "outbound_vrops_plugin", identity: 0, changed: true },
    { type: "outbound_uipath_webhook", identity: 0, changed: false },
  ],
  faults: [{ path: "/**", effect: { kind: "maintenance" } }, lost, { path: "/**", effect: { kind: "truncated" } }],
  tasks: ["error"],
  disruption: { kind: "interrupt", afterWrites: 1, times: 2 },
  trace: true,
};

it("leaves what the violation needs, and nothing else", async () => {
  const smallest = await shrink(
    trial,
    async ({ faults, wanted }) =>
      faults.some(({ effect }) => effect.kind === "reset-after") &&
      wanted.some(({ type }) => type === "outbound_uipath_webhook"),
  );
  expect(smallest).toEqual({
    seed: trial.seed,
    number: trial.number,
    secret: trial.secret,
    command: "apply",
    wanted: [trial.wanted[1]],
    faults: [{ ...lost, times: 1 }],
    tasks: [],
    disruption: { kind: "none" },
    trace: false,
  });
});

it("leaves a trial alone of which every part is needed", async () => {
  await expect(shrink(trial, async () => false)).resolves.toBe(trial);
});

it("keeps what a destruction destroys", () => {
  for (const smaller of smallerThan({ ...trial, command: "destroy" })) expect(smaller.before).toBeDefined();
});
