import { prose, setting } from "../../core/prose";
import type { ApiWords } from "../kit/words";

/** The names of this system, and the advice for its refusals. */
export const vropsWords: ApiWords = {
  name: "vrops",
  title: "vROps",
  login: {
    credential: "the user name or the password",
    setting: "username",
    fix: prose`Check ${setting("vrops.username")}, ${setting("vrops.password")} and ${setting("vrops.auth_source")} (VROPS_USERNAME, VROPS_PASSWORD, VROPS_AUTH_SOURCE). It is not tried again in this run, because vROps locks accounts after a few failures.`,
  },
  rights: 'Give its role the "Manage" permissions of Outbound Settings and Notifications in vROps.',
  address: "Check that vrops.url leads to vROps itself and not to a portal or proxy.",
};
