import { isLoopback } from "../../http/url";
import type { Validator } from "../../terraform-plugin/schema";
import { notAUrl } from "./errors";

/** A URL that alerts may be sent to. It is a secret, so problems never quote it. */
export const absoluteUrl: Validator<string> = {
  describes: "an https URL",
  check: (value) => {
    let url: URL;
    try {
      url = new URL(value);
    } catch {
      return notAUrl();
    }
    const safe = url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
    return safe ? undefined : notAUrl();
  },
};
