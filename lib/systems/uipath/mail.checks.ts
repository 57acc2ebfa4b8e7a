import type { Problem } from "../../core/problem";
import {
  noAuthentication,
  passwordWithoutUser,
  plaintextOn465,
  plaintextOn587,
  plaintextPassword,
  sslWithDefaultCredentials,
  userWithDefaultCredentials,
  userWithoutPassword,
} from "./errors";

/** The values that these checks look at; both mail resources have them. Undefined is not known yet. */
interface Values {
  readonly smtp_port: number | null | undefined;
  readonly username: string | null | undefined;
  readonly password_wo: string | null | undefined;
  readonly enable_ssl: boolean | null | undefined;
  readonly use_default_credentials: boolean | null | undefined;
}

/** A value not given stands for its default; one not known yet stays undefined. */
const orDefault = <T>(value: T | null | undefined, otherwise: T): T | undefined => (value === null ? otherwise : value);

type Login = Pick<Values, "username" | "password_wo">;

/** A password is one of somebody. */
export function loginProblems({ username, password_wo }: Login): Problem[] {
  return typeof password_wo === "string" && username === null ? [passwordWithoutUser()] : [];
}

/** Settings that are there already keep the password that UiPath has; new ones need it. */
export function missingPassword({ username, password_wo }: Login): Problem[] {
  return typeof username === "string" && password_wo === null ? [userWithoutPassword(username)] : [];
}

/** Settings that are allowed, but seldom meant; only where they will be used. */
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

export const mailCheckWords = {
  login: "`password_wo` needs `username`",
  password: "`username` needs `password_wo`",
  unlikely: "warns about settings that seldom work together: encryption, port and credentials",
};
