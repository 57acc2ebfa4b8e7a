import type { Validator } from "../../terraform-plugin/schema";
import { notAnEnvironmentName } from "./errors";

/** The name of an environment variable. Anything else is more likely the password itself, so it is not repeated. */
export const environmentName: Validator<string> = {
  describes: "the name of an environment variable",
  check: (value) => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(value) ? undefined : notAnEnvironmentName()),
};
