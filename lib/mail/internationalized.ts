import { remedyFor } from "./remedy";
import { refusals } from "./remedies/refusals";

/** True for an address that only servers with SMTPUTF8 take. @see RFC 6531 */
export function outsideAscii(address: string): boolean {
  return /[^\x00-\x7f]/.test(address);
}

/** Such an address, and a server that does not take it. */
export const smtpUtf8Problem = (address: string) => remedyFor(refusals.smtpUtf8NotOffered, { address });
