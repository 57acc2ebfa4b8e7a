/**
 * The parts of mailauth that evaluate, and nothing that fetches: its BIMI and MTA-STS speak HTTP. One module,
 * imported dynamically, so that what the parts share is loaded once and only by runs that judge a sender.
 */
export { dkimVerify } from "mailauth/lib/dkim/verify";
export { dmarc } from "mailauth/lib/dmarc";
export { spf } from "mailauth/lib/spf";
export { dkimBody } from "mailauth/lib/dkim/body";
