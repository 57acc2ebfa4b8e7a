import type { SchemaCheck } from "../../terraform-plugin/schema";
import { knownServers } from "../../validators/known-servers";
import { neededForCustom } from "./errors";
import { loginProblems, mailCheckWords, missingPassword, unlikelySettings } from "./mail.checks";
import type { tenantMailAttributes } from "./tenant-mail.schema";

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

const login: Check = { describes: mailCheckWords.login, check: loginProblems };

const unlikely: Check = {
  describes: mailCheckWords.unlikely,
  check: (values) => (values.mode === "default" ? [] : unlikelySettings(values)),
};

const known = knownServers<typeof tenantMailAttributes>();
const knownWhereUsed: Check = {
  ...known,
  check: (values) => (values.mode === "default" ? [] : known.check(values)),
};

/** What holds between the attributes, checked at synth and again by the provider. */
export const tenantMailChecks: readonly Check[] = [customNeedsServer, login, unlikely, knownWhereUsed];

export const tenantMailCreationChecks: readonly Check[] = [
  { describes: mailCheckWords.password, check: missingPassword },
];
