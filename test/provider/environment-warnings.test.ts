import { environmentWarnings } from "../../lib/provider/environment-warnings";
import { systems } from "../../lib/systems";
import { string, type ResourceSchema } from "../../lib/terraform-plugin/schema";
import { validateConfig } from "../../lib/terraform-plugin/validate";

const codes = (environment: Record<string, string>) =>
  environmentWarnings(systems, environment).map(({ code, summary }) => `${code} ${summary.split(" ")[0]}`);

test("a switch that turns verification off is named, and so is a secret that cannot be kept out of messages", () => {
  expect(codes({ NODE_TLS_REJECT_UNAUTHORIZED: "0", VROPS_PASSWORD: "abc", VROPS_USERNAME: "abc" })).toEqual([
    "tls/verification-stays-on NODE_TLS_REJECT_UNAUTHORIZED=0",
    "terraform/weak-secret VROPS_PASSWORD",
  ]);
  expect(codes({ NODE_TLS_REJECT_UNAUTHORIZED: "1", VROPS_PASSWORD: "long enough" })).toEqual([]);
});

test.each(["abc", "1234", "default"])("a plan warns of the secret %s", (secret) => {
  const attributes = { password_wo: string("optional", { description: "It.", writeOnly: true }) };
  const schema = { type: "outbound_thing", description: "A thing.", attributes } as unknown as ResourceSchema;
  expect(validateConfig(schema, { password_wo: secret })).toMatchObject([
    { code: "terraform/weak-secret", severity: "warning", path: ["password_wo"] },
  ]);
  expect(validateConfig(schema, { password_wo: "long enough" })).toEqual([]);
});
