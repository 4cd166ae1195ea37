import { describe, expect, it } from 'vitest';
import { evaluateText } from '../evaluateText';

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const toJson = (xml: string): string => evaluateText(`json(xml(${quoted(xml)}))`);
const toXml = (json: string): string => evaluateText(`string(xml(json(${quoted(json)})))`);

describe('XML as JSON', () => {
  it.each([
    ['<a/>', '{"a":null}'],
    ['<a></a>', '{"a":""}'],
    ['<a>1</a>', '{"a":"1"}'],
    ['<a x="1"/>', '{"a":{"@x":"1"}}'],
    ['<a x="1">t</a>', '{"a":{"@x":"1","#text":"t"}}'],
    ['<a>t<b/>u</a>', '{"a":{"#text":["t","u"],"b":null}}'],
    ['<a><b>1</b><c/><b>2</b></a>', '{"a":{"b":["1","2"],"c":null}}'],
    ['<a><![CDATA[<x>]]></a>', '{"a":{"#cdata-section":"<x>"}}'],
    ['<a>x<![CDATA[y]]><![CDATA[z]]></a>', '{"a":{"#text":"x","#cdata-section":["y","z"]}}'],
    ['<?pi data?><a/>', '{"?pi":"data","a":null}'],
    ['<a> <b/> </a>', '{"a":{"b":null}}'],
    ['<a xml:space="preserve"> </a>', '{"a":{"@xml:space":"preserve","#significant-whitespace":" "}}'],
    ['<a_x0020_b _x0031_="2"/>', '{"a b":{"@1":"2"}}'],
  ])('%s', (xml, json) => {
    expect(toJson(xml)).toBe(json);
  });

  it.each([
    [
      '<?xml version="1.0" encoding="utf-8" standalone="yes"?><a/>',
      '{"?xml":{"@version":"1.0","@encoding":"utf-8","@standalone":"yes"},"a":null}',
    ],
    ['<!DOCTYPE a><a/>', '{"!DOCTYPE":{"@name":"a"},"a":null}'],
    ['<!DOCTYPE a PUBLIC "p" "s"><a/>', '{"!DOCTYPE":{"@name":"a","@public":"p","@system":"s"},"a":null}'],
    [
      '<!DOCTYPE a [<!ELEMENT a EMPTY>]><a/>',
      '{"!DOCTYPE":{"@name":"a","@internalSubset":"<!ELEMENT a EMPTY>"},"a":null}',
    ],
  ])('declarations: %s', (xml, json) => {
    expect(toJson(xml)).toBe(json);
  });

  it.each([
    ['<a xmlns="u"><b/></a>', '{"a":{"@xmlns":"u","b":null}}'],
    ['<p:a xmlns:p="u" p:x="1"><p:b/></p:a>', '{"p:a":{"@xmlns:p":"u","@p:x":"1","p:b":null}}'],
    ['<a xmlns="u"><b xmlns=""/></a>', '{"a":{"@xmlns":"u","b":{"@xmlns":""}}}'],
    ['<a><b xml:lang="en">x</b></a>', '{"a":{"b":{"@xml:lang":"en","#text":"x"}}}'],
    ['<a xmlns:json="http://james.newtonking.com/projects/json"><b json:Array="true">1</b></a>', '{"a":{"b":["1"]}}'],
  ])('namespaces: %s', (xml, json) => {
    expect(toJson(xml)).toBe(json);
  });

  it.each([
    ['<a><!--c--></a>', '{"a":{}}'],
    ['<a>x<!--c-->y</a>', '{"a":{"#text":["x","y"]}}'],
    ['<a><!--c-->x<!--d--></a>', '{"a":{"#comment":[],"#text":"x"}}'],
    ['<!--c--><!--d--><a/>', '{"#comment":[],"a":null}'],
  ])('one comment is dropped, several leave an empty array: %s', (xml, json) => {
    expect(toJson(xml)).toBe(json);
  });

  it('line ends become line feeds, but for a carriage return written as a reference', () => {
    const lines = "concat('<a>x', decodeUriComponent('%0D%0A'), 'y&#13;</a>')";
    expect(evaluateText(`uriComponent(string(xml(${lines})))`)).toBe('%3Ca%3Ex%0Ay%0D%3C%2Fa%3E');
  });
});

describe('JSON as XML', () => {
  it.each([
    ['{"a":null}', '<a />'],
    ['{"a":""}', '<a></a>'],
    ['{"a":{}}', '<a />'],
    ['{"a":1}', '<a>1</a>'],
    ['{"a":1.0}', '<a>1</a>'],
    ['{"a":1e20}', '<a>1E+20</a>'],
    ['{"a":123456789012345678901}', '<a>123456789012345678901</a>'],
    ['{"a":true}', '<a>true</a>'],
    ['{"a":"<&>\\""}', '<a>&lt;&amp;&gt;"</a>'],
    ['{"a":[1]}', '<a>1</a>'],
    ['{"a":{"b":[1,null,{"c":2}]}}', '<a><b>1</b><b /><b><c>2</c></b></a>'],
    ['{"a":{"b":[]}}', '<a />'],
    ['{"a":{"b":[[1,2],[3]]}}', '<a><b><b>1</b><b>2</b></b><b><b>3</b></b></a>'],
    ['{"a":{"b":1,"@x":2,"@y":null,"@z":true}}', '<a x="2" y="" z="true"><b>1</b></a>'],
    ['{"a":{"#text":["x","y"],"b":1}}', '<a>xy<b>1</b></a>'],
    ['{"a":{"#cdata-section":"x<y"}}', '<a><![CDATA[x<y]]></a>'],
    ['{"?pi":"data","a":1}', '<?pi data?><a>1</a>'],
    ['{"a":{"@x":"1\\n2\\"\\t"}}', '<a x="1&#xA;2&quot;\t" />'],
  ])('%s', (json, xml) => {
    expect(toXml(json)).toBe(xml);
  });

  it.each([
    ['{"?xml":{"@version":"1.0","@encoding":"utf-8"},"a":1}', '<?xml version="1.0" encoding="utf-8"?><a>1</a>'],
    ['{"!DOCTYPE":{"@name":"a","@system":"s"},"a":1}', '<!DOCTYPE a SYSTEM "s"><a>1</a>'],
    ['{"a":{"@xmlns":"u","b":1}}', '<a xmlns="u"><b>1</b></a>'],
    ['{"p:a":{"@xmlns:p":"u","p:b":1}}', '<p:a xmlns:p="u"><p:b>1</p:b></p:a>'],
    ['{"p:a":{"q:b":1}}', '<a><b>1</b></a>'],
    ['{"1 a":{"$b":1,"#c":2}}', '<_x0031__x0020_a><_x0024_b>1</_x0024_b><_x0023_c>2</_x0023_c></_x0031__x0020_a>'],
    [
      '{"a":{"$type":"T","b":1}}',
      '<a xmlns:json="http://james.newtonking.com/projects/json" json:type="T"><b>1</b></a>',
    ],
    ['{}', ''],
  ])('declarations, namespaces and names: %s', (json, xml) => {
    expect(toXml(json)).toBe(xml);
  });

  it.each([
    ['{"a":1,"b":2}', 'single property'],
    ['{"a":[1,2]}', 'is an array'],
    ['{"":1}', 'no name'],
    ['{"#text":"x"}', 'a document has no text'],
    ['{"@a":"x"}', 'a document has no attributes'],
    ['{"a":{"@x":{"y":1}}}', 'arrays or objects'],
    ['{"?xml":{"@version":"1.1"},"a":1}', 'not 1.0'],
    ['[1]', 'expects its parameter'],
  ])('%s is refused with the reason', (json, reason) => {
    expect(toXml(json)).toMatch(/^failed: /);
    expect(toXml(json)).toContain(reason);
  });

  it.each([
    '<a />',
    '<a></a>',
    '<?xml version="1.0"?><a x="1"><b>t</b><b /></a>',
    '<p:a xmlns:p="u" p:x="1"><p:b>x</p:b></p:a>',
    '<a xmlns="u"><b xmlns="">x</b></a>',
    '<a><![CDATA[x]]></a>',
  ])('%s survives the way to JSON and back', (xml) => {
    expect(evaluateText(`string(xml(json(xml(${quoted(xml)}))))`)).toBe(xml);
  });
});
