import { describe, expect, it } from 'vitest';
import { evaluateText } from '../evaluateText';

describe('XML', () => {
  it.each([
    ["string(xml('<a b=''1''><c/><d></d></a>'))", '<a b="1"><c /><d></d></a>'],
    ["string(xml('<a>&#65;&amp;&lt;</a>'))", '<a>A&amp;&lt;</a>'],
    ["string(json(xml('<a><b>1</b><c/><b>2</b></a>')))", '{"a":{"b":["1","2"],"c":null}}'],
    ['string(xml(json(\'{"a":{"@id":1,"b":[true,null],"#text":"t"}}\')))', '<a id="1"><b>true</b><b />t</a>'],
    ["string(xpath(xml('<a x=\"1\"/>'), 'string(/a/@x)'))", '1'],
    ['string(xpath(xml(\'<n:a xmlns:n="u"><n:b/></n:a>\'), \'//*[local-name()="b"]\')[0])', '<n:b xmlns:n="u" />'],
    ["xpath(xml('<a><b/><b/></a>'), 'count(//b)')", '2.0'],
  ])('%s', (expression, text) => {
    expect(evaluateText(expression)).toBe(text);
  });

  it.each([
    ['<a>', 'is not closed'],
    ['<a></b>', 'does not match'],
    ['<a b="1" b="2"/>', 'duplicate'],
    ['<a>&unknown;</a>', 'not known'],
    ['<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 'not known'],
    ['<!DOCTYPE a [<!ENTITY x "xxxx"><!ENTITY y "&x;&x;">]><a>&y;</a>', 'not known'],
  ])('%s is refused with the reason', (xml, reason) => {
    expect(evaluateText(`xml('${xml}')`)).toContain(reason);
  });

  it('refuses a document that is nested too deep', () => {
    expect(evaluateText(`xml('${'<a>'.repeat(1100)}${'</a>'.repeat(1100)}')`)).toContain('nested deeper');
  });

  it('says where an XPath expression is wrong', () => {
    expect(evaluateText("xpath(xml('<a/>'), '//[')")).toMatch(/^failed: .*XPath expression/);
  });
});
