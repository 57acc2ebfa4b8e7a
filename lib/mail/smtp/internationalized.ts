/** Whether only servers with SMTPUTF8 accept an address. @see RFC 6531 */
export function outsideAscii(address: string): boolean {
  return /[^\x00-\x7f]/.test(address);
}
