import type { ConnectionDeclaration } from "./declaration";

/** @see https://ksaar.gitbook.io/ksaar-documentation/connexions/connexion-a-un-serveur-smtp */
const PAGE = "https://ksaar.gitbook.io/ksaar-documentation/connexions/connexion-a-un-serveur-smtp";

/** The way to the connections; words on Ksaar's screens, which are French, are in angle quotes. */
const OPEN = "In Ksaar, open «Connectors» in the left bar, and there «SMTP»";

/** The numbered steps for a person, in the words of Ksaar's screens. */
export function instructionsFor(declaration: ConnectionDeclaration, digest: string): string {
  const { name, sender, replyTo, host, port, secure, username, authentication } = declaration;
  const login =
    username === null
      ? [
          "Leave «User» and «Password» empty: this server is used without a login. Ksaar marks both as required; if it refuses, the server needs a login.",
        ]
      : [
          `«Méthode d'authentification»: ${authentication}. «User»: ${username}`,
          `«Password»: that of ${quoted(username)} (version ${declaration.passwordVersion}) from where your team keeps it; Terraform does not store it.`,
        ];
  return numbered([
    `${OPEN}; the vendor's page shows the screen: ${PAGE}`,
    `For a new connection choose «Ajouter un service»; for the one called ${quoted(name)} the three dots behind it, and «Modifier».`,
    `«Nom de la connexion»: ${name}`,
    `«Email de l'expéditeur»: ${sender}`,
    `«Email de réponse»: ${replyTo === sender ? "leave it empty, answers go to the sender" : replyTo}`,
    `«Host»: ${host}. «Port»: ${port}`,
    ...login,
    secure
      ? "«Secure»: on, which is TLS from the first byte."
      : "«Secure»: off; Ksaar then uses STARTTLS when the server offers it.",
    declaration.isDefault
      ? "Make it the default connection; the one that was the default until now no longer is."
      : "Do not make it the default connection.",
    "Save, and use Ksaar's own test of the connection: it has to report success.",
    `Set \`confirmed = "${digest}"\` in the configuration and apply: you vouch for what you have entered.`,
  ]);
}

/** The steps for a person when the resource is destroyed. */
export function removalOf({ name, isDefault }: Pick<ConnectionDeclaration, "name" | "isDefault">): string {
  return numbered([
    `${OPEN}.`,
    // Whether Ksaar refuses to delete the default connection is unknown; this order works either way.
    ...(isDefault ? ["Make another connection the default: mail that names no connection would have none."] : []),
    `Choose another connection in every mail action that uses ${quoted(name)}. Which ones do cannot be seen from outside, nor in a list: look through the actions of your applications.`,
    `Delete the connection ${quoted(name)}, by the three dots behind it.`,
  ]);
}

const numbered = (steps: readonly string[]) => steps.map((step, index) => `${index + 1}. ${step}`).join("\n");
const quoted = (text: string) => JSON.stringify(text);
