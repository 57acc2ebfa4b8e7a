import { highlights } from "../../../lib/cli/demo/chapters/deploy";
import { managedObjects } from "../../../lib/cli/demo/chapters/destroy";
import { secretsOf } from "../../../lib/cli/demo/chapters/secrets";

it("of what cdktf prints, the demo shows what was done", () => {
  const output = `
outbound  Initializing provider plugins...
outbound  outbound_ovh_vrops_flow.f (flow): Creating...
outbound  outbound_ovh_vrops_flow.f (flow): Creation complete after 0s [id=pcc/41]
          null_resource.c (changes): Destruction complete after 0s
outbound  Apply complete! Resources: 1 added, 0 changed, 1 destroyed.
`;
  expect(highlights(output)).toBe(
    [
      "outbound_ovh_vrops_flow.f (flow): Creation complete after 0s [id=pcc/41]",
      "null_resource.c (changes): Destruction complete after 0s",
      "Apply complete! Resources: 1 added, 0 changed, 1 destroyed.",
    ].join("\n"),
  );
});

it("what a deployment leaves is counted wherever it stands in a system's state, and tasks are not", () => {
  const systems = {
    ovh: {
      services: [
        { name: "a", flows: [{}], tasks: [{}] },
        { name: "b", flows: [{}, {}] },
      ],
    },
    vrops: { plugins: [], rules: [{}], tokens: { alive: 1 } },
  };
  expect(managedObjects({ systems, network: [], mail: { messages: 0 } })).toEqual({
    "ovh.flows": 3,
    "vrops.plugins": 0,
    "vrops.rules": 1,
  });
});

it("every variable that holds a secret is searched for", () => {
  const environment = {
    SMTP_PASSWORD: "a",
    OVH_APPLICATION_SECRET: "b",
    OVH_CONSUMER_KEY: "c",
    VROPS_URL: "d",
    OUTBOUND_SANDBOX_SMTP_USER: "e",
  };
  expect(Object.keys(secretsOf(environment))).toEqual(["SMTP_PASSWORD", "OVH_APPLICATION_SECRET", "OVH_CONSUMER_KEY"]);
});
