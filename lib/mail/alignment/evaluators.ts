/**
 * The parts of mailauth that evaluate, without those that use HTTP (BIMI and MTA-STS). One module, imported
 * dynamically, so that shared code is loaded once and only by runs that judge a sender.
 */
export { dkimVerify } from "mailauth/lib/dkim/verify";
export { dmarc } from "mailauth/lib/dmarc";
export { spf } from "mailauth/lib/spf";
export { dkimBody } from "mailauth/lib/dkim/body";
