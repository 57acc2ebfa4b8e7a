import { placeOf, type Misfit } from "../../kit/simulator/checked";
import { Refusal, retryAfter } from "../../kit/simulator/refusal";

/** The vendor's envelope for every refusal. */
function messages(status: number, texts: readonly string[], headers?: Readonly<Record<string, string>>): Refusal {
  return new Refusal(status, { Messages: texts.map((Message) => ({ Message })) }, headers);
}

export const unauthorized = () =>
  messages(401, ["The user name or password is incorrect."], { "www-authenticate": "Basic" });
export const gone = (status: number, what: string) => messages(status, [`The ${what} could not be found.`]);
/** Invalid values are answered with 403, according to the interface description. */
export const invalid = (...texts: string[]) => messages(403, texts);
export const invalidBody = ({ issues }: Misfit) =>
  invalid(...issues.map((issue) => `${placeOf(issue, "Body")}: ${issue.message}`));
export const tooMany = (seconds: number | undefined) => messages(429, ["Too many requests."], retryAfter(seconds));
export const noSuchRoute = () => gone(404, "resource");
export const unexpected = (status: number, what: string) => messages(status, [what]);
