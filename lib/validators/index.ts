/** Checks of single values that several systems and the constructs share. */
export { duration } from "./duration";
export { parseDuration } from "../terraform-plugin/duration";
export { each, eachKey } from "./each";
export { emailAddress } from "./email-address";
export { hostName } from "./host-name";
export { integer } from "./integer";
export { ipv4 } from "./ipv4";
export { knownServers } from "./known-servers";
export { nearestWord } from "./did-you-mean";
export { nonEmpty } from "./non-empty";
export { oneOf } from "./one-of";
export { parsePeriod, period } from "./period";
export { port } from "./port";
export { smtpPort } from "./smtp-port";
export { singleLine } from "./single-line";
