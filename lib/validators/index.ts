/** Checks of single values that several systems and the constructs share. */
export { duration } from "./duration";
export { parseDuration } from "../terraform-plugin/duration";
export { atLeastOne, each, eachKey, eachValue } from "./each";
export { emailAddress } from "./email-address";
export { hostName, isDnsName } from "./host-name";
export { integer } from "./integer";
export { ipv4 } from "./ipv4";
export { knownServers } from "./known-servers";
export { nearestNumber, nearestWord } from "./did-you-mean";
export { nonEmpty } from "./non-empty";
export { oneOf } from "./one-of";
export { parsePeriod, period } from "./period";
export { port } from "./port";
export { smtpPort, SMTP_PORTS } from "./smtp-port";
export { hasControlCharacter, singleLine, singleLineSecret } from "./single-line";
