import { ProblemError } from "../core/problem";
import type { EphemeralResource } from "../terraform-plugin/resource";
import type { Connections } from "./connections";
import { environmentSchema } from "./environment.schema";

export const environmentEphemeral: EphemeralResource<typeof environmentSchema, Connections> = {
  schema: environmentSchema,

  async open({ name }, { client, redactor }) {
    const value = client.runtime.environment[name];
    if (value === undefined || value === "") throw new ProblemError(unset(name));
    redactor.add(value);
    return { name, value };
  },
};

const unset = (name: string) => ({
  code: "provider/variable-unset",
  severity: "error" as const,
  summary: `The environment variable ${name} is not set`,
  path: ["name"],
  got: "no value where Terraform runs",
  expected: `${name} holding the secret`,
  fix: `Run \`export ${name}=…\` before Terraform, or hand it over as a secret of the pipeline.`,
});
