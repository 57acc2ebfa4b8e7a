import { bool, defineSchema, listOf, nestedList, setOf, string, type StateOf } from "../../terraform-plugin/schema";
import { timeouts } from "../../terraform-plugin/timeouts";
import { emailAddress } from "../../validators/email-address";
import { each } from "../../validators/each";

/** The receivers of a tenant's alert mails. */
export const alertReceiversSchema = defineSchema({
  type: "outbound_uipath_alert_receivers",
  description:
    "Who receives the alert mails of an Orchestrator tenant. Nobody declares that: Orchestrator sends them to the accounts that have an e-mail address and a role with the permission to view alerts. This lists them, and warns during plan when there is none, or when somebody you expect is not among them. Alerts of a folder reach only accounts that are assigned to it, which is not looked at. Mails come as a summary of Error and Fatal alerts every ten minutes and as a daily report, not one by one. Needs the permissions to view users and roles (scope `OR.Users.Read`).",
  attributes: {
    id: string("computed", { description: "Always `tenant`." }),
    expected: setOf("string", "optional", {
      description: "Addresses that must be among the receivers; one that is missing is a warning. Unset: none.",
      validators: [each(emailAddress)],
    }),
    addresses: setOf("string", "computed", { description: "The addresses of all receivers, in lower case." }),
    missing: setOf("string", "computed", { description: "Those of `expected` that are no receivers." }),
    receivers: nestedList(
      {
        username: string("computed", { description: "The account's name in Orchestrator." }),
        address: string("computed", { description: "Its e-mail address." }),
        roles: listOf("string", "computed", { description: "Its roles that let it view alerts." }),
        subscribed: bool("computed", {
          description:
            "False when the account has switched off every kind of alert; null where Orchestrator does not tell.",
        }),
      },
      "computed",
      { description: "The accounts that receive alert mails, by name." },
    ),
    groups: listOf("string", "computed", {
      description:
        "Directory groups with such a role. From 2024 on their members receive alert mails too, but the directory, not Orchestrator, knows who they are; in 2021.10 to 2022.10 members do not inherit the permission.",
    }),
    without_address: listOf("string", "computed", {
      description: "Accounts that may view alerts but have no e-mail address, so they receive nothing.",
    }),
    timeouts: timeouts({}),
  },
});

export type AlertReceiversSchema = typeof alertReceiversSchema;
export type AlertReceiversState = StateOf<AlertReceiversSchema>;
