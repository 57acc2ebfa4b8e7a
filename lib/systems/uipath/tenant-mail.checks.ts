import type { SchemaCheck } from "../../terraform-plugin/schema";
import { knownServers } from "../../validators/known-servers";
import { passwordNeedsUser, userNeedsPassword } from "../kit/smtp-login";
import { neededForCustom } from "./errors";
import { UNLIKELY, unlikelySettings } from "./mail.checks";
import type { tenantMailAttributes } from "./tenant-mail.schema";
import { uipathWords } from "./words";

type Check = SchemaCheck<typeof tenantMailAttributes>;

const customNeedsServer: Check = {
  describes: '`mode = "custom"` needs `smtp_host`, `smtp_port` and `sender_address`',
  check: ({ mode, smtp_host, smtp_port, sender_address }) => {
    if (mode === undefined || mode === "default") return [];
    const given = { smtp_host, smtp_port, sender_address };
    const missing = Object.entries(given).filter(([, value]) => value === null);
    return missing.map(([name]) => neededForCustom(name));
  },
};

const unlikely: Check = {
  describes: UNLIKELY,
  check: (values) => (values.mode === "default" ? [] : unlikelySettings(values)),
};

const known = knownServers<typeof tenantMailAttributes>();
const knownWhereUsed: Check = {
  ...known,
  check: (values) => (values.mode === "default" ? [] : known.check(values)),
};

/** The checks across the attributes, run at synth and by the provider. */
export const tenantMailChecks: readonly Check[] = [
  customNeedsServer,
  passwordNeedsUser(uipathWords),
  unlikely,
  knownWhereUsed,
];

/** Checks of new settings; existing ones keep the password that UiPath has. */
export const tenantMailCreationChecks: readonly Check[] = [userNeedsPassword(uipathWords)];
