import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Terraform, words } from "./support/terraform";

// Functions of the provider need no configuration of it, and nothing outside.

const EXAMPLE = readFileSync(resolve(__dirname, "../../examples/functions/thumbprint/function.tf"), "utf8");
const PEM = EXAMPLE.slice(EXAMPLE.indexOf("-----BEGIN"), EXAMPLE.indexOf("  PEM\n")).replace(/^ +/gm, "");

let terraform: Terraform;

beforeAll(async () => {
  terraform = new Terraform({ TF_VAR_password: "correct horse battery staple" }, "started");
  terraform.write("");
  await terraform.init();
}, 60_000);
afterAll(() => terraform.remove());

it("shows the argument that is wrong, where it stands", async () => {
  terraform.write('output "thumbprint" {\n  value = provider::outbound::thumbprint("hunter2")\n}');
  const { code, output } = await terraform.tryPlan();
  expect(code).toBe(1);
  const said = words(output);
  expect(said).toContain('Invalid value for "pem" parameter: This is no certificate');
  expect(said).toContain("Got: a text of 7 characters");
  expect(said).toContain("(provider/thumbprint-certificate)");
  expect(said).toMatch(/on main\.tf line \d+, in output "thumbprint"/);
});

it("does not store what is made of an ephemeral value", async () => {
  terraform.write(`
variable "password" { ephemeral = true }
output "version" { value = provider::outbound::secret_version(var.password) }`);
  const { code, output } = await terraform.tryPlan();
  expect(code).toBe(1);
  expect(words(output)).toContain("ephemeral");
});

it("gives the same in every run, and a plan after it is empty", async () => {
  terraform.write(`
variable "password" { sensitive = true }
output "thumbprint" {
  value = provider::outbound::thumbprint(<<-PEM
${PEM}
PEM
  )
}
output "version" { value = nonsensitive(provider::outbound::secret_version(var.password)) }`);
  await terraform.applied();
  const { stdout } = await terraform.succeed("output", "-json");
  expect(JSON.parse(stdout)).toMatchObject({
    thumbprint: { value: "C6:44:3A:5C:D5:43:5E:B8:FB:70:98:69:9A:0D:A5:41:B0:09:F3:0E" },
    version: { value: 55 },
  });
  expect((await terraform.plan()).text).toContain("No changes.");
  expect(terraform.stateText()).not.toContain("battery");
});
