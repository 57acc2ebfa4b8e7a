import type { Validator } from "../../terraform-plugin/schema";
import { badServiceName } from "./errors";

/** The name of a Hosted Private Cloud, `pcc-192-0-2-10`, as the OVHcloud control panel and API show it. */
export const serviceName: Validator<string> = {
  describes: "the name of a Hosted Private Cloud, such as `pcc-192-0-2-10`",
  check(value) {
    // Only `pcc-…` names are documented, but nothing says that there are no others: only what cannot be a name is refused.
    if (/^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(value)) return undefined;
    return badServiceName(value, /[A-Za-z0-9][A-Za-z0-9-]*-\d+-\d+-\d+-\d+/.exec(value.replaceAll("_", "-"))?.[0]);
  },
};
