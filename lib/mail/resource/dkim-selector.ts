import type { Validator } from "../../terraform-plugin/schema";
import { LABEL } from "../../validators/host-name";
import { notDkimSelector } from "./errors";

/** The part before `._domainkey`: one label, or several with dots between them. @see RFC 6376 section 3.1 */
export const dkimSelector: Validator<string> = {
  describes: "a DKIM selector",
  check(value) {
    if (value.length <= 190 && !value.includes("_domainkey") && value.split(".").every((label) => LABEL.test(label))) {
      return undefined;
    }
    return notDkimSelector(value, value.split("._domainkey")[0] === value ? undefined : value.split("._domainkey")[0]);
  },
};
