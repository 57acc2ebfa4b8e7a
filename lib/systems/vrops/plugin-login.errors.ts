import { prose, setting } from "../../core/prose";
import { someOf } from "../../core/some-of";
import { quoted, systemError, systemWarning } from "../kit/words";
import { PLUGIN_OUTCOME } from "./plugin-outcome";
import { vropsWords } from "./words";

const BY_HAND = prose`1. Take ${setting("username")} and ${setting("password_wo")} out of this plugin and apply. 2. In vROps, under Outbound Settings, edit the plugin: Credential Type "Basic Authentication", the plus sign at Credential, then name, user name and password. Save it, and see that it is activated. Whatever is applied later leaves the credential as it is.`;

export const loginNotKept = (
  name: string,
  user: string,
  credentialKinds: readonly string[],
  during: "create" | "update",
) =>
  systemError(vropsWords, "login-not-kept", {
    summary: `vROps does not keep user name and password as settings of the plugin ${quoted(name)}: it would send without a login`,
    path: ["username"],
    got: prose`no user name and no authentication where ${quoted(user)} was written${credentialKinds.length > 0 ? `; the type takes credentials: ${someOf(credentialKinds)}` : ""}`,
    fix: prose`This release keeps logins as credentials beside the plugin (from 8.14 on), and the public API has no call that makes one. ${BY_HAND} ${PLUGIN_OUTCOME[during]}`,
  });

export const loginMayBeCredential = (name: string, credentialKinds: readonly string[]) =>
  systemWarning(vropsWords, "login-by-credential", {
    summary: `This vROps describes no user name among the settings of e-mail plugins: the login of ${quoted(name)} may not be kept`,
    path: ["username"],
    got:
      credentialKinds.length > 0
        ? `a type that takes credentials: ${someOf(credentialKinds)}`
        : "a type without a setting for the user name",
    fix: prose`The apply tries, looks, and undoes it when it is not kept. The way around it: ${BY_HAND}`,
  });

export const loginNotShown = (name: string) =>
  systemWarning(vropsWords, "login-not-shown", {
    summary: `vROps says that the plugin ${quoted(name)} logs in, but not as whom`,
    path: ["username"],
    fix: "The login may be a credential chosen in vROps, which this does not change. Send a test mail to see that it works.",
  });
