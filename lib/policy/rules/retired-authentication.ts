import { isMicrosoft365 } from "../../validators/known-servers";
import { connections } from "../connections";
import { judge, type Rule } from "../rule";

export const retiredAuthentication: Rule = {
  id: "retired-authentication",
  title: "No login that is being retired",
  severity: "warning",
  why: "Microsoft 365 switches SMTP logins by user name and password off by default at the end of December 2026, and for good later: alerts then end in 550 5.7.30.",
  fix: "Plan another way of sending: a relay of your own, High Volume Email or Azure Communication Services.",
  scope: "Everything that logs in by user name and password, by the server's name.",
  see: "https://techcommunity.microsoft.com/blog/exchange/updated-exchange-online-smtp-auth-basic-authentication-deprecation-timeline/4489835",
  check: (topology) =>
    judge(
      connections(topology).filter(
        ({ smtp: { login, token, host } }) => login === true && token !== true && typeof host === "string",
      ),
      "nothing here logs in",
      ({ address, smtp: { host } }) =>
        isMicrosoft365(host!) ? { address, summary: `${host} is logged in to by user name and password` } : undefined,
    ),
};
