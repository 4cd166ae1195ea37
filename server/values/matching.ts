/** True when the letters stand in the name in this order, as editors match. Both in lower case. */
export function isSubsequence(letters: string, name: string): boolean {
  let from = 0;
  for (const letter of letters) {
    const at = name.indexOf(letter, from);
    if (at < 0) return false;
    from = at + letter.length;
  }
  return true;
}
