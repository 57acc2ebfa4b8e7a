import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testSurroundings } from "../../../lib/cli/mail/test-surroundings";

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "outbound-surroundings-"))));
afterEach(() => rmSync(directory, { recursive: true }));

const namesOf = (title: string, declared = true) => {
  const { nameOfSetting } = testSurroundings({ title, declared, directory });
  return ["password_wo", "password_wo_version", "imap.password_wo"].map((setting) => nameOfSetting({ setting }));
};

it("names what a resource has: passwords that are written only, with a version to raise", () =>
  expect(namesOf("outbound_test_email.test")).toEqual([
    "`password_wo`",
    "`password_wo_version`",
    "`imap.password_wo`",
  ]));

it.each(["data.outbound_smtp_probe.x", "action.outbound_probe.x", 'module.m["a.b"].action.outbound_send_test_email.x'])(
  "names what %s has: the variables of passwords, without a version",
  (title) => expect(namesOf(title)).toEqual(["`password_environment`", undefined, "`imap.password_environment`"]),
);

it("names the nouns of a program where CDKTF has synthesised it", () => {
  writeFileSync(join(directory, "cdk.tf.json"), "{}");
  expect(namesOf("outbound_test_email.test")[1]).toContain("`version` of the `Secret`");
  expect(namesOf("action.outbound_probe.x")[1]).toBeUndefined();
});

it("names options where there is no configuration", () =>
  expect(namesOf("smtp.example.com:587", false)).toEqual([
    "--password-environment",
    undefined,
    "--imap-password-environment",
  ]));
