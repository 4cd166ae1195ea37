/** What the adapter cannot do, in words for the user; anything else that is thrown is a bug. */
export class Refusal extends Error {}
