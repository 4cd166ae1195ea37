/** Flat files by annotated schemas: decoding to XML, and encoding back. */
import { describe, expect, it } from 'vitest';
import { play } from '../engine/play';

const appinfo = (content: string): string => `<xs:annotation><xs:appinfo>${content}</xs:appinfo></xs:annotation>`;
const field = (name: string, info = '', most = 'minOccurs="1"'): string =>
  `<xs:element name="${name}" type="xs:string" ${most}>${appinfo(`<b:fieldInfo justification="left" ${info}/>`)}</xs:element>`;
const record = (name: string, info: string, members: string, most = ''): string =>
  `<xs:element name="${name}" ${most}>${appinfo(`<b:recordInfo ${info}/>`)}<xs:complexType><xs:sequence>${members}</xs:sequence></xs:complexType></xs:element>`;
const schema = (root: string, info = ''): string =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:b="http://schemas.microsoft.com/BizTalk/2003" xmlns="urn:f" targetNamespace="urn:f">${appinfo(
    `<b:schemaInfo standard="Flat File" default_pad_char=" " ${info}/>`,
  )}${root}</xs:schema>`;
const lines = 'structure="delimited" child_delimiter_type="hex" child_delimiter="0x0D 0x0A"';
const commas = 'structure="delimited" child_delimiter_type="char" child_delimiter="," child_order="infix"';
const many = 'maxOccurs="unbounded"';

async function decode(xsd: string, content: string): Promise<string> {
  const played = await play(
    {
      A: { type: 'FlatFileDecoding', inputs: { content, schema: { source: 'LogicApp', name: 'flat' } } },
      S: { type: 'Compose', inputs: "@string(body('A'))", runAfter: { A: ['Succeeded'] } },
    },
    { files: { 'Artifacts/Schemas/flat.xsd': xsd } },
  );
  const error = played.step('A')?.error;
  return error === undefined ? String(played.outputs('S')) : `${error.code}: ${error.message}`;
}

async function encode(xsd: string, content: string): Promise<unknown> {
  const played = await play(
    { A: { type: 'FlatFileEncoding', inputs: { content, integrationAccount: { schema: { name: 'flat' } } } } },
    { files: { 'Artifacts/Schemas/flat.xsd': xsd } },
  );
  const error = played.step('A')?.error;
  return error === undefined ? (played.outputs('A') as { body: unknown }).body : `${error.code}: ${error.message}`;
}

const csv = schema(
  record(
    'Staff',
    `${lines} child_order="postfix"`,
    record(
      'Person',
      commas,
      field('Name', 'wrap_char_type="char" wrap_char="&quot;"') +
        field('City', 'wrap_char_type="char" wrap_char="&quot;"'),
      many,
    ),
  ),
);
const staff =
  '<Staff xmlns="urn:f"><Person xmlns=""><Name>Doe, "J"</Name><City>Graz</City></Person><Person xmlns=""><Name>Ann</Name><City /></Person></Staff>';

describe('a delimited file', () => {
  it('is read record by record, with wrapped fields', async () => {
    expect(await decode(csv, '"Doe, ""J""",Graz\r\nAnn,\r\n')).toBe(staff);
  });

  it('is read with the line ends of other systems', async () => {
    expect(await decode(csv, 'Ann,Graz\n')).toContain('<Name>Ann</Name><City>Graz</City>');
  });

  it('is written, with wraps where they are needed', async () => {
    expect(await encode(csv, staff)).toBe('"Doe, ""J""",Graz\r\nAnn,\r\n');
  });

  it('tells records apart by their tags', async () => {
    const tagged = schema(
      record(
        'Order',
        `${lines} child_order="infix"`,
        record(
          'Head',
          'structure="delimited" child_delimiter_type="char" child_delimiter="~" child_order="prefix" tag_name="H"',
          field('Id'),
        ) +
          record(
            'Line',
            'structure="delimited" child_delimiter_type="char" child_delimiter="~" child_order="prefix" tag_name="L"',
            field('Sku') + field('Count'),
            many,
          ) +
          record(
            'Foot',
            'structure="delimited" child_delimiter_type="char" child_delimiter="~" child_order="prefix" tag_name="F"',
            field('Sum'),
            'minOccurs="0"',
          ),
      ),
    );
    const text = 'H~7\r\nL~a~1\r\nL~b~2\r\nF~3';
    const xml =
      '<Order xmlns="urn:f"><Head xmlns=""><Id>7</Id></Head><Line xmlns=""><Sku>a</Sku><Count>1</Count></Line>' +
      '<Line xmlns=""><Sku>b</Sku><Count>2</Count></Line><Foot xmlns=""><Sum>3</Sum></Foot></Order>';
    expect(await decode(tagged, text)).toBe(xml);
    expect(await encode(tagged, xml)).toBe(text);
    expect(await decode(tagged, 'L~a~1')).toBe(
      "FlatFileDecodingFailed: The content of action 'A' does not fit the schema. 'Order': the record 'Head' with the tag 'H' is expected, but 'L~a~1' is found.",
    );
    expect(await decode(tagged, 'H~7\r\nL~a~1\r\nX~1')).toContain("'X~1' is not expected by the schema.");
  });

  it('groups records that follow each other', async () => {
    const grouped = schema(
      record(
        'File',
        `${lines} child_order="infix"`,
        record(
          'Order',
          `${lines} child_order="infix"`,
          record('Head', `${commas} tag_name="H,"`, field('Id')) +
            record('Line', `${commas} tag_name="L,"`, field('Sku'), many),
          many,
        ),
      ),
    );
    const text = 'H,1\r\nL,a\r\nL,b\r\nH,2\r\nL,c';
    const xml = await decode(grouped, text);
    expect(xml).toBe(
      '<File xmlns="urn:f"><Order xmlns=""><Head><Id>1</Id></Head><Line><Sku>a</Sku></Line><Line><Sku>b</Sku></Line></Order>' +
        '<Order xmlns=""><Head><Id>2</Id></Head><Line><Sku>c</Sku></Line></Order></File>',
    );
    expect(await encode(grouped, xml)).toBe(text);
  });

  it('follows the escape character and the order of the fields', async () => {
    const escaped = schema(
      record(
        'Row',
        `${commas} escape_char_type="char" escape_char="\\"`,
        field('Second', 'sequence_number="2"') + field('First', 'sequence_number="1"'),
      ),
    );
    const xml = '<Row xmlns="urn:f"><First xmlns="">a,b</First><Second xmlns="">c</Second></Row>';
    expect(await decode(escaped, 'a\\,b,c')).toBe(xml);
    expect(await encode(escaped, xml)).toBe('a\\,b,c');
  });
});

describe('a positional file', () => {
  const positional = schema(
    record(
      'File',
      `${lines} child_order="postfix"`,
      record(
        'Item',
        'structure="positional" tag_name="IT" tag_offset="0"',
        field('Name', 'pos_offset="0" pos_length="6"') +
          `<xs:element name="Count" type="xs:int">${appinfo('<b:fieldInfo justification="right" pad_char_type="char" pad_char="0" pos_offset="1" pos_length="4"/>')}</xs:element>`,
        many,
      ),
    ),
  );
  const xml = '<File xmlns="urn:f"><Item xmlns=""><Name>Lamp</Name><Count>12</Count></Item></File>';

  it('is read and written by positions, without the padding', async () => {
    expect(await decode(positional, 'ITLamp   0012\r\n')).toBe(xml);
    expect(await encode(positional, xml)).toBe('ITLamp   0012\r\n');
  });

  it('says which value does not fit its positions', async () => {
    expect(await encode(positional, xml.replace('Lamp', 'Chandelier'))).toContain(
      "The value 'Chandelier' of 'Name' is longer than its 6 positions.",
    );
  });
});

it('encoding refuses what the schema does not know', async () => {
  expect(await encode(csv, '<Staff/>')).toContain(
    "The root element is 'Staff', but the schema describes 'Staff' of namespace 'urn:f'.",
  );
  expect(await encode(csv, staff.replace('<Name>Ann</Name>', '<Nick>A</Nick>'))).toContain(
    "The schema knows no 'Nick' in 'Person'.",
  );
});
