import { domainOf } from "../connections";
import { judge, notApplicable, type Rule } from "../rule";

export const receiversInAllowedDomains: Rule = {
  id: "receivers-in-allowed-domains",
  title: "Alerts stay in the allowed domains",
  severity: "error",
  why: "Alerts name machines, customers and weaknesses: an address outside, or a mistyped domain, hands them to strangers.",
  fix: "Use an address of an allowed domain, or add the domain to `allowedDomains` of the policy when it is meant.",
  scope:
    "The addresses of all routes and test mails. Groups and users of a system are left alone: their addresses are kept there. Not applicable until `allowedDomains` is set.",
  check({ routes, tests }, { allowedDomains }) {
    if (allowedDomains.length === 0) return notApplicable("no allowed domains are configured");
    const receivers = [...routes, ...tests].flatMap(({ address, receivers: known }) =>
      (known ?? []).flatMap((receiver) => {
        const domain = domainOf(receiver);
        return domain === undefined ? [] : [{ address, receiver, domain }];
      }),
    );
    return judge(receivers, "no receiver's address is known", ({ address, receiver, domain }) =>
      allowedDomains.includes(domain)
        ? undefined
        : { address, summary: `${receiver} is outside of ${allowedDomains.join(", ")}` },
    );
  },
};
