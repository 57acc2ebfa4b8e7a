import { runProbe } from "../../lib/mail/diagnosis/run-probe";
import { CASES } from "./cases";
import { expectOpinions } from "./second-opinion";
import { describeWithServers, runtime, target, watch } from "./servers";
import { askSwaks } from "./swaks";
import { servers } from "./where";

describeWithServers("a probe of", () => {
  test.each(CASES.map((one) => [one.of, one] as const))("%s", async (_, { service, code, seen, opinions, ...one }) => {
    const to = target(servers().smtp[service], one.target);
    const [outcome, swaks] = await Promise.all([
      runProbe(to, runtime(), watch),
      askSwaks(to, { more: one.swaks ?? [] }),
    ]);

    expectOpinions(opinions, outcome.stages, swaks);
    const problem = outcome.stages.find((stage) => stage.status === "failed")?.problem;
    expect(problem?.code).toBe(code === undefined ? undefined : `mail/${code}`);
    expect(outcome.ok).toBe(code === undefined);
    if (code !== undefined) expect(problem?.fix).toMatch(/\w+/);
    const everything = outcome.stages.map((stage) => `${stage.detail} ${stage.problem?.summary ?? ""}`).join("\n");
    if (seen !== undefined) expect(everything).toMatch(seen);
  });
});
