/** Actions by a schema of Artifacts/Schemas: validation, XML into JSON, JSON into XML. */
import { describe, expect, it } from 'vitest';
import { play } from '../engine/play';

const order = `<?xml version="1.0" encoding="utf-16"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:o="urn:order" targetNamespace="urn:order" elementFormDefault="qualified">
  <xs:include schemaLocation="./types.xsd"/>
  <xs:element name="order">
    <xs:complexType>
      <xs:sequence>
        <xs:element name="id" type="xs:int"/>
        <xs:element name="paid" type="xs:boolean" minOccurs="0"/>
        <xs:element name="line" type="o:line" maxOccurs="unbounded"/>
        <xs:element name="note" type="xs:string" minOccurs="0"/>
      </xs:sequence>
      <xs:attribute name="version" type="xs:decimal"/>
    </xs:complexType>
  </xs:element>
</xs:schema>`;
const types = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:order" elementFormDefault="qualified">
  <xs:complexType name="line"><xs:sequence><xs:element name="sku" type="xs:string"/><xs:element name="price" type="xs:decimal"/></xs:sequence></xs:complexType>
</xs:schema>`;
const files = { 'Artifacts/Schemas/Order.xsd': order, 'Artifacts/Schemas/types.xsd': types };
const valid =
  '<?xml version="1.0" encoding="utf-16"?><p:order xmlns:p="urn:order" version="1.50"><p:id>7</p:id><p:paid>true</p:paid><p:line><p:sku>0012</p:sku><p:price>3.5</p:price></p:line></p:order>';

const action = (type: string, content: unknown, more: Record<string, unknown> = {}) => ({
  A: { type, inputs: { content, schema: { source: 'LogicApp', name: 'order.xsd' }, ...more } },
});

describe('XML validation', () => {
  it('succeeds for valid content', async () => {
    const played = await play(action('XmlValidation', valid), { files });
    expect(played.statusOf('A')).toBe('Succeeded');
  });

  it('names everything that does not conform, with its place', async () => {
    const content = '<order xmlns="urn:order">\n<id>x</id>\n<line><sku/></line></order>';
    const played = await play(action('XmlValidation', content), { files });
    const { code, message } = played.step('A')?.error ?? {};
    expect(code).toBe('XmlValidationFailed');
    expect(message).toContain("'x' is not a valid value of the atomic type 'xs:int'. (line 2");
    expect(message).toContain('Missing child element(s)');
  });

  it('refuses what is not XML, and schemas that are none', async () => {
    const broken = await play(action('XmlValidation', '<a><b></a>'), { files });
    expect(broken.step('A')?.error?.message).toContain('Opening and ending tag mismatch');
    const noSchema = await play(action('XmlValidation', valid), { files: { 'Artifacts/Schemas/order.xsd': '<a/>' } });
    expect(noSchema.step('A')?.error).toMatchObject({
      code: 'InvalidXmlSchema',
      message: expect.stringContaining("its root element is 'a'") as string,
    });
    const wrongType = order.replace('xs:int', 'xs:nothing');
    const faulty = await play(action('XmlValidation', valid), {
      files: { ...files, 'Artifacts/Schemas/Order.xsd': wrongType },
    });
    expect(faulty.step('A')?.error?.message).toContain('nothing');
  });

  it('reads nothing from outside the folder', async () => {
    const reaching = order.replace('./types.xsd', 'http://elsewhere.example.test/../../types2.xsd');
    const played = await play(action('XmlValidation', valid), {
      files: { 'Artifacts/Schemas/order.xsd': reaching, 'Artifacts/types2.xsd': types },
    });
    expect(played.step('A')?.error?.code).toBe('InvalidXmlSchema');
  });
});

describe('Parse XML with schema', () => {
  it('gives numbers, truth values and arrays by the schema', async () => {
    const played = await play(action('XmlParse', valid), { files });
    expect(played.outputs('A')).toEqual({
      body: { order: { '@version': 1.5, id: 7, paid: true, line: [{ sku: '0012', price: 3.5 }] } },
    });
  });

  it('leaves out attributes and writes namespaces when asked', async () => {
    const jsonWriterSettings = { ignoreAttributes: true, useFullyQualifiedNames: true };
    const played = await play(action('XmlParse', valid, { jsonWriterSettings }), { files });
    expect(played.outputs('A')).toMatchObject({ body: { 'urn:order:order': { 'urn:order:id': 7 } } });
  });

  it('refuses a root that the schema does not declare', async () => {
    const played = await play(action('XmlParse', '<order/>'), { files });
    expect(played.step('A')?.error?.message).toContain(
      "'order' of the content of action 'A' is not declared in the schema 'Order.xsd'",
    );
  });
});

describe('Compose XML with schema', () => {
  it('writes members in the order of the schema, in its namespace', async () => {
    const content = {
      line: [
        { price: 3.5, sku: 'a<b' },
        { sku: 'c', price: 1 },
      ],
      id: 7,
      '@@version': 2,
    };
    const played = await play(
      {
        ...action('XmlCompose', { order: content }),
        V: {
          type: 'XmlValidation',
          inputs: { content: "@body('A')", schema: { name: 'Order' } },
          runAfter: { A: ['Succeeded'] },
        },
        S: { type: 'Compose', inputs: "@string(body('A'))", runAfter: { V: ['Succeeded'] } },
      },
      { files },
    );
    expect(played.outputs('S')).toBe(
      '<ns0:order xmlns:ns0="urn:order" version="2"><ns0:id>7</ns0:id><ns0:line><ns0:sku>a&lt;b</ns0:sku><ns0:price>3.5</ns0:price></ns0:line>' +
        '<ns0:line><ns0:sku>c</ns0:sku><ns0:price>1</ns0:price></ns0:line></ns0:order>',
    );
  });

  it('says which member the schema does not know', async () => {
    const played = await play(action('XmlCompose', { order: { id: 1, extra: 2 } }), { files });
    expect(played.step('A')?.error?.message).toContain("The schema knows no 'extra' in 'order'.");
  });
});
