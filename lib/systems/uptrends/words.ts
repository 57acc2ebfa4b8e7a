import { prose, setting } from "../../core/prose";
import type { ApiWords } from "../kit/words";

/** The names of this system, and the advice for its refusals. */
export const uptrendsWords: ApiWords = {
  name: "uptrends",
  title: "Uptrends",
  login: {
    credential: "the user name or the password",
    setting: "username",
    fix: prose`Check ${setting("uptrends.username")} and ${setting("uptrends.password")} (UPTRENDS_USERNAME, UPTRENDS_PASSWORD): they are those of an API account (32 hexadecimal digits), not of an operator.`,
  },
  rights:
    "Uptrends says 403 both for values that it does not accept and for missing rights. When the answer names a field, correct it; otherwise give the API account's operator the right to edit this alert definition, and Use integration for the integration.",
  address: "Check that uptrends.url leads to the Uptrends API (https://api.uptrends.com/v4).",
};
