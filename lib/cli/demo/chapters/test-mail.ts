import { renderStages } from "../../../mail";
import type { Demo } from "../demo";
import { stagesOf } from "../terraform";

/** Shows the result of the test mail, stage by stage, and compares it with the expected one. */
export async function showTest(demo: Demo, occasion: string, expected: "passed" | "failed"): Promise<void> {
  const resources = await demo.terraform.resources();
  const test = resources.find(({ type }) => type === "outbound_test_email");
  const stages = stagesOf(test);
  const verdict = String(test?.values["verdict"] ?? "(none)");
  demo.tests.push({ occasion, verdict, stages });
  if (stages.length > 0) {
    demo.narrator.line(`   The test mail ${occasion}:`);
    demo.narrator.quote(`${renderStages(stages)}\nVerdict: ${verdict}`);
  }
  const failed = stages.filter(({ status }) => status === "failed");
  const seen = stages.map(({ name, status }) => `${name} ${status}`);
  if (expected === "passed") {
    demo.check(
      "every stage of the test mail passed",
      stages.length > 0 && failed.length === 0,
      "no failed stage",
      seen,
    );
    const platform = stages.filter(({ kind, status }) => kind === "platform test" && status === "passed");
    demo.check("the platform's own test passed too", platform.length > 0, "a passed stage of the platform", seen);
    return;
  }
  const { host, port } = demo.sandbox.mail.startTls;
  const naming = failed.filter(({ detail, remedy }) => `${detail} ${remedy}`.includes(`${host}`));
  demo.check(
    "the failing stage names the flow",
    naming.length > 0,
    `a failed stage that names ${host}:${port}`,
    failed,
  );
  demo.check(
    "it says what to do",
    failed.some(({ remedy }) => Boolean(remedy)),
    "a remedy",
    failed,
  );
}
