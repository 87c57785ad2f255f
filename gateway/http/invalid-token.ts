/** The credentials of a request do not hold. The message is for the log; the client learns only that it must sign in. */
export class InvalidToken extends Error {
  override readonly name = 'InvalidToken';
}
