import { ActionProbe, ActionSendTestEmail, OvhVropsFlow } from "../../lib";
import { ProblemError } from "../../lib/core/problem";
import { synth } from "./helper";

const PROPS = {
  smtpHost: "smtp.example.com",
  smtpPort: 587,
  fromAddress: "alerts@example.com",
  to: ["oncall@example.com"],
};
const FLOW = { serviceName: "pcc-192-0-2-10", ip: "203.0.113.25", port: 587 };

it("refuses at synth what the provider would refuse", () => {
  const wrong = () => synth((stack) => void new ActionProbe(stack, "relay", { ...PROPS, smtpPort: 70_000 }));
  expect(wrong).toThrow(/smtpPort/);
  const unknown = () => synth((stack) => void new ActionProbe(stack, "relay", { ...PROPS, host: "x" } as never));
  expect(unknown).toThrow(/host/);
});

it("says that it cannot be written in HCL instead of leaving it out", () => {
  const { stack } = synth((scope) => void new ActionProbe(scope, "relay", PROPS));
  expect(() => stack.toHclTerraform()).toThrow(ProblemError);
});

it("is a block of its own, with a configuration in Terraform's names, and brings the provider", () => {
  const imap = { host: "imap.example.com", username: "oncall", passwordEnvironment: "IMAP_PASSWORD" };
  const { json } = synth((stack) => void new ActionSendTestEmail(stack, "alerts", { ...PROPS, imap }));
  expect(json["action"]).toEqual({
    outbound_send_test_email: {
      alerts: {
        config: {
          smtp_host: "smtp.example.com",
          smtp_port: 587,
          from_address: "alerts@example.com",
          to: ["oncall@example.com"],
          imap: { host: "imap.example.com", username: "oncall", password_environment: "IMAP_PASSWORD" },
        },
      },
    },
  });
  expect(json["provider"]).toHaveProperty("outbound");
});

it("is invoked by as many triggers as are added, beside what else the lifecycle has", () => {
  const { json } = synth((stack) => {
    const flow = new OvhVropsFlow(stack, "flow", { ...FLOW, lifecycle: { preventDestroy: true } });
    new ActionProbe(stack, "probe", PROPS).trigger(flow, "after_create", "after_update");
    new ActionSendTestEmail(stack, "send", PROPS).trigger(flow, "after_create");
  });
  expect(json.resource["outbound_ovh_vrops_flow"]!["flow"]!["lifecycle"]).toEqual({
    prevent_destroy: true,
    action_trigger: [
      { events: ["after_create", "after_update"], actions: ["action.outbound_probe.probe"] },
      { events: ["after_create"], actions: ["action.outbound_send_test_email.send"] },
    ],
  });
});

it("says what becomes of the deployment when it fails", () => {
  const { json } = synth((stack) => {
    const flow = new OvhVropsFlow(stack, "flow", FLOW);
    new ActionProbe(stack, "probe", PROPS).trigger(flow, { events: ["after_create"], onFailure: "continue" });
  });
  expect(json.resource["outbound_ovh_vrops_flow"]!["flow"]!["lifecycle"]).toEqual({
    action_trigger: [{ events: ["after_create"], actions: ["action.outbound_probe.probe"], on_failure: "continue" }],
  });
});
