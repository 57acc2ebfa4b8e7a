import { placeOf, type Misfit } from "../../kit/simulator/checked";
import { Refusal, retryAfter } from "../../kit/simulator/refusal";

export const badKey = () => new Refusal(401, { reason: "Invalid API Key" });
export const notFound = (what: string) => new Refusal(404, { errors: [`${what} was not found.`] });
/** The form of `errors` is not documented: here it is a map, for a missing object a list. */
export const invalid = (field: string, why: string) => new Refusal(400, { errors: { [field]: [why] } });
export const invalidBody = ({ issues }: Misfit) =>
  new Refusal(400, {
    errors: Object.fromEntries(issues.map((issue) => [placeOf(issue, "body"), [issue.message]])),
  });
export const tooMany = (seconds: number | undefined) =>
  new Refusal(429, { errors: "Too many requests" }, retryAfter(seconds));
export const noSuchRoute = () => notFound("The address");
export const unexpected = (status: number, what: string) => new Refusal(status, { errors: [what] });
