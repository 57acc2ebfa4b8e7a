import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { missingVariables } from "../../../lib/cli/demo/missing-variables";

describe("variables that cdktf would ask for", () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "variables-"))));
  afterEach(() => rmSync(directory, { recursive: true }));

  function missing(stack: object, environment: Record<string, string> = {}): string[] {
    writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify(stack));
    return missingVariables(join(directory, "cdk.tf.json"), environment);
  }

  it("are those without default and without value", () => {
    const variable = { smtp_password: { ephemeral: true }, region: { default: "gra" }, given: {} };
    expect(missing({ variable }, { TF_VAR_given: "x" })).toEqual(["TF_VAR_smtp_password"]);
  });

  it("may be none at all", () => expect(missing({ resource: {} })).toEqual([]));
});
