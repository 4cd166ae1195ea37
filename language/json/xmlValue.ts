/** An XML value: what `xml(…)` returns and `xpath` selects. `text` is its serialised form. */
export class XmlValue {
  constructor(readonly text: string) {}
}
