/** As a remedy names the stage of any receiver. */
export const RCPT = "RCPT";
/** As a remedy names the stage of any platform's own test. */
export const PLATFORM = "platform test";
