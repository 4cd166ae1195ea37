/** Why a map cannot be read or run. */
export class XsltError extends Error {
  override readonly name = 'XsltError';

  constructor(
    message: string,
    /** The map may be right, but it needs something that is not there on this machine. */
    readonly unsupported = false,
  ) {
    super(message);
  }
}
