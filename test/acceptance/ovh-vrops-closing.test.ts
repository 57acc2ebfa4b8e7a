import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { Terraform, words, type Run } from "./support/terraform";

const SERVICE = "pcc-192-0-2-10";
const PLACE = { service: SERVICE, ip: "203.0.113.25", port: 587 };
const flow = `
resource "outbound_ovh_vrops_flow" "this" {
  service_name = "${SERVICE}"
  ip           = "${PLACE.ip}"
  port         = ${PLACE.port}
  timeouts     = { delete = "3s" }
}`;

describe("the closing of a flow that took too long", () => {
  let sandbox: Sandbox;
  let terraform: Terraform;
  let tooLong: Run;
  const destroy = () => terraform.run("destroy", "-auto-approve", "-no-color", "-input=false");

  beforeEach(async () => {
    sandbox = await startSandbox();
    terraform = new Terraform(sandbox.environment(), "started");
    terraform.write(flow);
    await terraform.init();
    await terraform.applied();
    await sandbox.intervene("ovh", "fail-next-task", { outcome: "hanging" });
    tooLong = await destroy();
  }, 120_000);

  afterEach(async () => {
    terraform.remove();
    await sandbox.close();
  }, 120_000);

  it("is not forgotten: the next destroy closes the flow, though OVHcloud has given the first one up", async () => {
    const again = await destroy();
    for (const { code, output } of [tooLong, again]) {
      expect(words(output)).toContain("It took too long to delete outbound_ovh_vrops_flow");
      expect(code).not.toBe(0);
    }
    expect(words(again.output)).toContain('state = "toDelete"');
    await sandbox.intervene("ovh", "end-task", { ...PLACE, outcome: "given-up" });
    await terraform.destroyed();
    expect(sandbox.network.list()).toEqual([]);
  }, 120_000);

  it("is waited for by the next apply, which opens the flow anew", async () => {
    expect((await terraform.plan()).actions).toEqual(["delete+create outbound_ovh_vrops_flow.this"]);
    await sandbox.intervene("ovh", "end-task", { ...PLACE, outcome: "done" });
    await terraform.applied();
    expect(terraform.attributes("outbound_ovh_vrops_flow.this")).toMatchObject({ flow_id: 42, state: "delivered" });
    expect((await terraform.plan()).actions).toEqual([]);
  }, 120_000);
});
