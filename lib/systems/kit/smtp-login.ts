import type { Problem } from "../../core/problem";
import { prose, setting, whereTerraformRuns } from "../../core/prose";
import { quoted, systemError, type SystemWords } from "./words";

/** The login at an SMTP server, as resources of all systems declare it. Undefined is not known yet. */
interface Login {
  readonly username: string | null | undefined;
  readonly password_wo: string | null | undefined;
}

/** A check that fits every schema with these attributes. */
interface SmtpLoginCheck {
  readonly describes: string;
  check(values: Login): readonly Problem[];
}

const BOTH_OR_NEITHER = prose`${setting("username")} and ${setting("password_wo")}, or neither`;

/** Requires a user for a password. Its problem: `…/password-without-user`. */
export const passwordNeedsUser = (system: SystemWords): SmtpLoginCheck => ({
  describes: "`password_wo` needs `username`",
  check: ({ username, password_wo }) =>
    typeof password_wo === "string" && username === null
      ? [
          systemError(system, "password-without-user", {
            summary: "A password is given, but no user name",
            path: ["password_wo"],
            expected: BOTH_OR_NEITHER,
            fix: prose`Add ${setting("username")}, or remove ${setting("password_wo")} when the SMTP server wants no login.`,
          }),
        ]
      : [],
});

/**
 * Requires a password for a user: a check of creations where the system keeps the existing one. Its problem:
 * `…/user-without-password`.
 *
 * @param hint what happens to the password, a sentence
 */
export const userNeedsPassword = (system: SystemWords, hint?: string): SmtpLoginCheck => ({
  describes: "`username` needs `password_wo`",
  check: ({ username, password_wo }) =>
    typeof username === "string" && password_wo === null
      ? [
          systemError(system, "user-without-password", {
            summary: "A user name is given, but no password",
            path: ["username"],
            got: quoted(username),
            expected: BOTH_OR_NEITHER,
            fix: prose`Add ${setting("password_wo")}${whereTerraformRuns(" (from an ephemeral variable)")}, or remove ${setting("username")} when the SMTP server wants no login.${hint === undefined ? "" : ` ${hint}`}`,
          }),
        ]
      : [],
});
