/** True for an address that only servers with SMTPUTF8 take. @see RFC 6531 */
export function outsideAscii(address: string): boolean {
  return /[^\x00-\x7f]/.test(address);
}
