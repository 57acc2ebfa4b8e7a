import type { Problem } from "../../core/problem";
import { prose, setting } from "../../core/prose";
import { orDefault, type SchemaCheck } from "../../terraform-plugin/schema";
import { knownServers } from "../../validators/known-servers";
import { passwordNeedsUser, userNeedsPassword } from "../kit/smtp-login";
import { systemWarning, type Facts } from "../kit/words";
import type { emailPluginAttributes } from "./email-plugin.schema";
import { vropsWords } from "./words";

type Check = SchemaCheck<typeof emailPluginAttributes>;

const given = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;

const unlikelySettings: Check = {
  describes: "warns about port and security that seldom go together",
  check: ({ smtp_port, security, username, password_wo }) => {
    const mode = orDefault(security, "starttls");
    const problems: Problem[] = [];
    if (mode === "tls" && smtp_port === 587) {
      problems.push(
        warning("tls-on-587", ["security"], "Implicit TLS on port 587 is unusual", {
          got: prose`${setting("security", "tls")}, ${setting("smtp_port", "587")}`,
          expected: '"starttls" on 587 or "tls" on 465 (RFC 8314)',
          fix: prose`Servers on 587 greet in plaintext and wait for STARTTLS, so TLS from the first byte ends in a handshake error or a time-out. Use ${setting("security", "starttls")}, or port 465, unless your server is set up otherwise.`,
        }),
      );
    }
    if (mode === "starttls" && smtp_port === 465) {
      problems.push(
        warning("starttls-on-465", ["security"], "STARTTLS on port 465 is unusual", {
          got: prose`${setting("security", "starttls")}, ${setting("smtp_port", "465")}`,
          expected: '"tls" on 465 or "starttls" on 587 (RFC 8314)',
          fix: prose`Servers on 465 expect TLS from the first byte, so a client that waits for a greeting waits in vain. Use ${setting("security", "tls")}, or port 587, unless your server is set up otherwise.`,
        }),
      );
    }
    if (mode === "none" && smtp_port === 25) {
      problems.push(
        warning("plaintext-on-25", ["security"], "Alert mails leave in plaintext on port 25", {
          got: prose`${setting("security", "none")}, ${setting("smtp_port", "25")}`,
          fix: prose`Anyone on the way can read and change them. If the server offers STARTTLS, use ${setting("security", "starttls")}; else keep it inside a trusted network.`,
        }),
      );
    }
    if (mode === "none" && given(username)) {
      problems.push(
        warning("login-in-plaintext", ["security"], "The SMTP password travels in plaintext", {
          got: prose`${setting("security", "none")} with a username`,
          fix: prose`Use ${setting("security", "starttls")} or ${setting("security", "tls")}: without TLS anyone on the way can read the password. Many servers refuse AUTH without TLS.`,
        }),
      );
    }
    if (username === null && password_wo === null) {
      problems.push(
        warning("no-authentication", ["username"], "vROps will send without authentication", {
          fix: prose`Fine when the SMTP server relays for the platform's address. Fine, too, when a credential is chosen for the plugin in vROps. If the server answers 530 or 550 relaying denied, add ${setting("username")} and ${setting("password_wo")}.`,
        }),
      );
    }
    return problems;
  },
};

/** The checks across the attributes, run at synth and by the provider. */
export const emailPluginChecks: readonly Check[] = [passwordNeedsUser(vropsWords), unlikelySettings, knownServers()];

/** Checks of new plugins; an imported one keeps the password that vROps has. */
export const emailPluginCreationChecks: readonly Check[] = [userNeedsPassword(vropsWords)];

function warning(
  code: string,
  path: readonly string[],
  summary: string,
  facts: Pick<Facts, "fix" | "got" | "expected">,
) {
  return systemWarning(vropsWords, code, { summary, path, ...facts });
}
