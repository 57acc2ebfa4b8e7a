import { defineSchema, string } from "../terraform-plugin/schema";

export const environmentSchema = defineSchema({
  type: "outbound_environment",
  description:
    "An environment variable of the machine that runs Terraform, as an ephemeral value: for secrets that a pipeline hands " +
    "over in its environment. It feeds write-only attributes and never reaches a plan or a state.",
  attributes: {
    name: string("required", {
      description: "The variable's name, such as `SMTP_PASSWORD`.",
      validators: [
        {
          describes: "a variable name: letters, digits and underscores",
          check: (name) =>
            /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
              ? undefined
              : {
                  code: "provider/variable-name",
                  severity: "error",
                  summary: "This is not the name of an environment variable",
                  got: JSON.stringify(name),
                  expected: "letters, digits and underscores, not beginning with a digit",
                  fix: "Write the variable's name, without a dollar sign and without its value.",
                },
        },
      ],
    }),
    value: string("computed", { description: "What the variable holds.", sensitive: true }),
  },
});
