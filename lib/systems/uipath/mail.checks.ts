import type { Problem } from "../../core/problem";
import { orDefault } from "../../terraform-plugin/schema";
import {
  noAuthentication,
  plaintextOn465,
  plaintextOn587,
  plaintextPassword,
  sslWithDefaultCredentials,
  userWithDefaultCredentials,
} from "./errors";

/** The values that these checks examine; both mail resources have them. Undefined is not known yet. */
interface Values {
  readonly smtp_port: number | null | undefined;
  readonly username: string | null | undefined;
  readonly enable_ssl: boolean | null | undefined;
  readonly use_default_credentials: boolean | null | undefined;
}

/** Warns of settings that are permitted, but rarely intended; only where they will be used. */
export function unlikelySettings(values: Values): Problem[] {
  const { smtp_port, username } = values;
  const ssl = orDefault(values.enable_ssl, true);
  const own = orDefault(values.use_default_credentials, false);
  const problems: Problem[] = [];
  if (ssl === false && smtp_port === 587) problems.push(plaintextOn587());
  else if (ssl === false && smtp_port === 465) problems.push(plaintextOn465());
  else if (ssl === false && typeof username === "string") problems.push(plaintextPassword());
  if (own === true && typeof username === "string") problems.push(userWithDefaultCredentials(username));
  if (own === true && ssl === true) problems.push(sslWithDefaultCredentials());
  if (own === false && username === null) problems.push(noAuthentication());
  return problems;
}

/** The description of {@link unlikelySettings} in the reference. */
export const UNLIKELY = "warns about settings that seldom work together: encryption, port and credentials";
