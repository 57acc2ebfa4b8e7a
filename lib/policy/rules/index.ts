import type { Rule } from "../rule";
import { alertSourceHasMembers } from "./alert-source-has-members";
import { authenticationRequired } from "./authentication-required";
import { certificateValid } from "./certificate-valid";
import { escalationTellsSomebody } from "./escalation-tells-somebody";
import { flowHasUser } from "./flow-has-user";
import { flowToPublicAddress } from "./flow-to-public-address";
import { handOverOpensAlerts } from "./hand-over-opens-alerts";
import { plaintextPort25 } from "./plaintext-port-25";
import { receiversInAllowedDomains } from "./receivers-in-allowed-domains";
import { receiversOnce } from "./receivers-once";
import { retiredAuthentication } from "./retired-authentication";
import { routeHasFilter } from "./route-has-filter";
import { senderMatchesAccount } from "./sender-matches-account";
import { testEmailPresent } from "./test-email-present";
import { tlsRequired } from "./tls-required";

/** The catalogue: adding a rule is adding its file and a line here. */
export const rules: readonly Rule[] = [
  tlsRequired,
  plaintextPort25,
  authenticationRequired,
  senderMatchesAccount,
  retiredAuthentication,
  certificateValid,
  flowHasUser,
  flowToPublicAddress,
  alertSourceHasMembers,
  escalationTellsSomebody,
  routeHasFilter,
  handOverOpensAlerts,
  receiversOnce,
  receiversInAllowedDomains,
  testEmailPresent,
];
