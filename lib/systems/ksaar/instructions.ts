import type { Declaration } from "./declaration";

/** @see https://ksaar.gitbook.io/ksaar-documentation/connexions/connexion-a-un-serveur-smtp */
const PAGE = "https://ksaar.gitbook.io/ksaar-documentation/connexions/connexion-a-un-serveur-smtp";

/**
 * The steps for a person, numbered. The fields are named by what they mean: Ksaar's screen is French, and its
 * exact words are on the vendor's page.
 */
export function instructionsFor(declaration: Declaration, digest: string): string {
  const { name, sender, replyTo, host, port, secure, username, authentication } = declaration;
  const login =
    username === null
      ? ["Leave user and password empty: this server is used without a login."]
      : [
          `Choose the authentication method ${authentication}, and enter the user ${quoted(username)}.`,
          `Enter the password of ${quoted(username)} (version ${declaration.passwordVersion}) from where your team keeps it; Terraform does not store it.`,
        ];
  return numbered([
    `In Ksaar, open the connections (Connexions) and there the SMTP servers; the vendor's page shows the screen: ${PAGE}`,
    `Open the connection ${quoted(name)}, or add one of this name.`,
    `Enter the sender's e-mail address ${sender}${replyTo === sender ? "; leave the reply address empty, answers go to the sender" : ` and the reply address ${replyTo}`}.`,
    `Enter the host ${host} and the port ${port}.`,
    ...login,
    secure
      ? "Switch the secure connection on: TLS from the first byte."
      : "Leave the secure connection off: Ksaar then uses STARTTLS when the server offers it.",
    declaration.isDefault
      ? "Make it the default connection; the one that was the default until now no longer is."
      : "Do not make it the default connection.",
    "Save, and use Ksaar's own test of the connection: it has to report success.",
    `Set \`confirmed = "${digest}"\` in the configuration and apply: you vouch for what you have entered.`,
  ]);
}

/** What a person does when the resource is destroyed. */
export function removalOf({ name, isDefault }: Pick<Declaration, "name" | "isDefault">): string {
  return numbered([
    "In Ksaar, open the connections (Connexions) and there the SMTP servers.",
    // Whether Ksaar refuses to delete the default connection is not known; this order works either way.
    ...(isDefault ? ["Make another connection the default: mail that names no connection would have none."] : []),
    `Choose another connection in every mail action that uses ${quoted(name)}.`,
    `Delete the connection ${quoted(name)}.`,
  ]);
}

const numbered = (steps: readonly string[]) => steps.map((step, index) => `${index + 1}. ${step}`).join("\n");
const quoted = (text: string) => JSON.stringify(text);
