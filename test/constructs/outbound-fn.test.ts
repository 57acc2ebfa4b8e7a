import { TerraformVariable } from "cdktf";
import { OutboundFn, OutboundProvider, VropsEmailPlugin } from "../../lib";
import { errorOf, only, synth } from "./helper";

jest.mock("../../lib/package/install/package-files", () => ({ executable: () => __filename }));

const base = { name: "p", smtpHost: "smtp.example.com", smtpPort: 587, senderAddress: "a@example.com" };

it("refuses a secret in code, and does not repeat it", () => {
  const message = errorOf(() => OutboundFn.secretVersion("hunter2-very-secret"));
  expect(message).toContain("constructs/literal-secret-version");
  expect(message).not.toContain("hunter2");
});

it("calls the provider's functions where a value goes", () => {
  const synthesised = synth((stack) => {
    new OutboundProvider(stack, "outbound");
    const password = new TerraformVariable(stack, "password", { sensitive: true });
    new VropsEmailPlugin(stack, "p", {
      ...base,
      trustedCertificateThumbprint: OutboundFn.thumbprint("two\nlines"),
      passwordWoVersion: OutboundFn.secretVersion(password.stringValue),
    });
  });
  expect(only(synthesised, "outbound_vrops_email_plugin")).toMatchObject({
    trusted_certificate_thumbprint: '${provider::outbound::thumbprint("two\\nlines")}',
    password_wo_version: "${provider::outbound::secret_version(var.password)}",
  });
});
