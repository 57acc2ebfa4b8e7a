import type { SchemaCheck } from "../../terraform-plugin/schema";
import { knownServers } from "../../validators/known-servers";
import { hostHasNoOrganization } from "./errors";
import { loginProblems, mailCheckWords, missingPassword, unlikelySettings } from "./mail.checks";
import type { systemMailAttributes } from "./system-mail.schema";

type Check = SchemaCheck<typeof systemMailAttributes>;

const hostIsNoOrganization: Check = {
  describes: '`organization_id` does not go with `scope = "host"`',
  check: ({ scope, organization_id }) =>
    scope === "host" && typeof organization_id === "string" ? [hostHasNoOrganization(organization_id)] : [],
};

const login: Check = { describes: mailCheckWords.login, check: loginProblems };
const unlikely: Check = { describes: mailCheckWords.unlikely, check: unlikelySettings };

/** What holds between the attributes, checked at synth and again by the provider. */
export const systemMailChecks: readonly Check[] = [hostIsNoOrganization, login, unlikely, knownServers()];

export const systemMailCreationChecks: readonly Check[] = [
  { describes: mailCheckWords.password, check: missingPassword },
];
