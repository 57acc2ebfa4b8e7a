import type { SchemaCheck } from "../../terraform-plugin/schema";
import { knownServers } from "../../validators/known-servers";
import { passwordNeedsUser, userNeedsPassword } from "../kit/smtp-login";
import { hostHasNoOrganization } from "./errors";
import { UNLIKELY, unlikelySettings } from "./mail.checks";
import type { systemMailAttributes } from "./system-mail.schema";
import { uipathWords } from "./words";

type Check = SchemaCheck<typeof systemMailAttributes>;

const hostIsNoOrganization: Check = {
  describes: '`organization_id` does not go with `scope = "host"`',
  check: ({ scope, organization_id }) =>
    scope === "host" && typeof organization_id === "string" ? [hostHasNoOrganization(organization_id)] : [],
};

const unlikely: Check = { describes: UNLIKELY, check: unlikelySettings };

/** The checks across the attributes, run at synth and by the provider. */
export const systemMailChecks: readonly Check[] = [
  hostIsNoOrganization,
  passwordNeedsUser(uipathWords),
  unlikely,
  knownServers(),
];

/** Checks of new settings; existing ones keep the password that UiPath has. */
export const systemMailCreationChecks: readonly Check[] = [userNeedsPassword(uipathWords)];
