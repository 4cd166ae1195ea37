/** Text shown as code: strings with their expressions coloured, and JSON. */
import { memo } from 'react';
import type { ReactElement } from 'react';
import { highlight } from './highlight';

/** Longer values are cut off in views; editing always has the whole. */
const MAX_SHOWN = 20_000;

/** A template string: plain text in the text's colour, expressions in the editor's. */
export const Template = memo(function Template({ value }: { readonly value: string }): ReactElement {
  const shown = value.length > MAX_SHOWN ? value.slice(0, MAX_SHOWN) : value;
  return (
    <code className="template">
      {highlight(shown).map((token, index) => (
        <span key={index} className={`token-${token.kind}`}>
          {token.text}
        </span>
      ))}
      {value.length > MAX_SHOWN ? <em> … {value.length - MAX_SHOWN} more characters</em> : null}
    </code>
  );
});

const jsonPattern =
  /("(?:[^"\\\n]|\\.)*")(\s*:)?|\/\/[^\n]*|\/\*[\s\S]*?\*\/|-?\d[\d.eE+-]*|\b(?:true|false|null)\b|[^"\d/tfn-]+|./g;

/** JSON as it is written, coloured. */
export const JsonCode = memo(function JsonCode(props: { readonly text: string; readonly label: string }): ReactElement {
  const text = props.text.length > MAX_SHOWN ? props.text.slice(0, MAX_SHOWN) : props.text;
  return (
    <pre className="json-code" tabIndex={0} role="region" aria-label={props.label}>
      {Array.from(text.matchAll(jsonPattern), (match, index) => {
        const [whole, string, colon] = match;
        if (string !== undefined && colon !== undefined) {
          return (
            <span key={index}>
              <span className="json-key">{string}</span>
              {colon}
            </span>
          );
        }
        return (
          <span key={index} className={jsonClass(whole)}>
            {whole}
          </span>
        );
      })}
      {props.text.length > MAX_SHOWN ? <em>{`\n… ${props.text.length - MAX_SHOWN} more characters`}</em> : null}
    </pre>
  );
});

function jsonClass(token: string): string | undefined {
  if (token.startsWith('"')) return 'json-string';
  if (token.startsWith('//') || token.startsWith('/*')) return 'json-comment';
  if (/^-?\d/.test(token)) return 'json-number';
  return /^(true|false|null)$/.test(token) ? 'json-literal' : undefined;
}
