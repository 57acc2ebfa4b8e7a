import { isLoopback } from "../../http/url";
import { systemWarning } from "../kit/words";
import { ovhWords } from "./words";

/**
 * The port that OVHcloud's guide of 2025 recommends; the API still accepts all four.
 *
 * @see https://github.com/ovh/docs/pull/7633
 */
const RECOMMENDED_PORT = 587;

/** The part of a flow that the check examines: undefined is not known yet. */
interface Leading {
  readonly ip: string | null | undefined;
  readonly port: number | null | undefined;
}

/** Warns of a flow to another port; servers of the sandbox have any. */
export const recommendedPort = {
  describes: `a note where the port is not the recommended ${RECOMMENDED_PORT}`,
  check: ({ ip, port }: Leading) =>
    typeof port !== "number" || port === RECOMMENDED_PORT || ip === undefined || ip === null || isLoopback(ip)
      ? []
      : [portNotRecommended(port)],
};

const portNotRecommended = (port: number) =>
  systemWarning(ovhWords, "port-not-recommended", {
    summary: `OVHcloud recommends port ${RECOMMENDED_PORT} for mail from a hosted vROps; ${port} is allowed as well`,
    path: ["port"],
    got: String(port),
    expected: String(RECOMMENDED_PORT),
    fix: `Where the SMTP server offers it, use ${RECOMMENDED_PORT} (STARTTLS) for the flow and the plugin. Nothing is wrong where it does not.`,
  });
