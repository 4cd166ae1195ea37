/** Transform XML: maps of Artifacts/Maps over content. Expected results agree with libxslt's for the same maps. */
import { describe, expect, it } from 'vitest';
import { play } from '../engine/play';

const HEAD = '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"';
const sheet = (body: string, more = ''): string => `${HEAD}${more}>${body}</xsl:stylesheet>`;
const source =
  '<root xmlns:n="urn:n"><a id="1" v="3">x</a><a id="2" v="10">y</a><b><c>1</c><c>2</c><c>3</c></b>' +
  '<n:d n:q="z"> t <i>u</i> <i>w</i></n:d><a id="3" v="2">Z</a></root>';

interface Options {
  readonly content?: unknown;
  readonly inputs?: Record<string, unknown>;
  readonly files?: Record<string, unknown>;
}

async function run(map: string, { content = source, inputs = {}, files = {} }: Options = {}) {
  const action = { type: 'Xslt', inputs: { content, map: { source: 'LogicApp', name: 'map' }, ...inputs } };
  return play({ T: action }, { files: { 'Artifacts/Maps/map.xslt': map, ...files } });
}

/** The result as text, without the byte-order mark and the declaration. */
async function transformed(map: string, options?: Options): Promise<string> {
  const played = await run(map, options);
  const outputs = played.outputs('T');
  if (played.status !== 'Succeeded') throw new Error(played.step('T')?.error?.message);
  return contentText(outputs).replace(/^\uFEFF?<\?xml[^>]*\?>(\r\n)?/, '');
}

function contentText(outputs: unknown): string {
  expect(outputs).toMatchObject({ body: { $content: expect.any(String) as string } });
  const { body } = outputs as { body: { $content: string } };
  return Buffer.from(body.$content, 'base64').toString('utf8');
}

const identity =
  '<xsl:template match="@*|node()"><xsl:copy><xsl:apply-templates select="@*|node()"/></xsl:copy></xsl:template>';

describe('the result of Transform XML', () => {
  it('is XML content with a byte-order mark and a declaration', async () => {
    const played = await run(
      sheet('<xsl:output indent="yes" encoding="utf-16"/><xsl:template match="/"><r><a/></r></xsl:template>'),
    );
    expect(played.outputs('T')).toMatchObject({ body: { '$content-type': 'application/xml; charset=utf-8' } });
    expect(contentText(played.outputs('T'))).toBe('\uFEFF<?xml version="1.0" encoding="utf-8"?><r><a /></r>');
  });

  it('follows xsl:output and leaves out the mark when the options say so', async () => {
    const map = sheet(
      '<xsl:output indent="yes" omit-xml-declaration="yes" cdata-section-elements="t"/><xsl:template match="/"><r><a><b/></a><t>&lt;</t></r></xsl:template>',
    );
    const inputs = { transformOptions: 'ApplyXsltOutputAttributes, DisableByteOrderMark' };
    const played = await run(map, { inputs });
    expect(contentText(played.outputs('T'))).toBe(
      '<r>\r\n  <a>\r\n    <b />\r\n  </a>\r\n  <t><![CDATA[<]]></t>\r\n</r>',
    );
  });

  it('is a string for text', async () => {
    const map = sheet(
      '<xsl:output method="text"/><xsl:template match="/">Sum: <xsl:value-of select="sum(//c)"/></xsl:template>',
    );
    const played = await run(map, { inputs: { transformOptions: 'GenerateTextOutput' } });
    expect(played.outputs('T')).toEqual({ body: 'Sum: 6' });
  });

  it('takes content that an earlier action gives, and the older form of naming a map', async () => {
    const played = await play(
      {
        X: { type: 'Compose', inputs: "@xml('<a><b>1</b></a>')" },
        T: {
          type: 'Xslt',
          inputs: {
            content: "@outputs('X')",
            integrationAccount: { map: { name: 'MAP' } },
            xsltParameters: { p: '@concat(4, 2)' },
          },
          runAfter: { X: ['Succeeded'] },
        },
        R: { type: 'Compose', inputs: "@xpath(xml(body('T')), 'string(/r)')", runAfter: { T: ['Succeeded'] } },
      },
      {
        files: {
          'Artifacts/Maps/Map.xsl': sheet(
            '<xsl:param name="p"/><xsl:template match="/"><r><xsl:value-of select="concat($p, /a/b)"/></r></xsl:template>',
          ),
        },
      },
    );
    expect(played.outputs('R')).toBe('421');
  });
});

describe('XSLT', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['copies a document as it is', identity, source],
    [
      'sorts numbers and knows positions',
      '<xsl:template match="/"><r><xsl:for-each select="//a"><xsl:sort select="@v" data-type="number" order="descending"/><x p="{position()}" of="{last()}"><xsl:value-of select="."/></x></xsl:for-each></r></xsl:template>',
      '<r><x p="1" of="3">y</x><x p="2" of="3">x</x><x p="3" of="3">Z</x></r>',
    ],
    [
      'groups with keys',
      '<xsl:key name="k" match="a" use="@v &gt; 2"/><xsl:template match="/"><r><xsl:for-each select="//a[generate-id() = generate-id(key(\'k\', @v &gt; 2)[1])]"><g first="{@id}" n="{count(key(\'k\', @v &gt; 2))}"/></xsl:for-each></r></xsl:template>',
      '<r><g first="1" n="2" /><g first="3" n="1" /></r>',
    ],
    [
      'finds by keys what any node of a set asks for, and nothing for none',
      '<xsl:key name="k" match="a" use="@v"/><xsl:template match="/"><r><xsl:for-each select="key(\'k\', //c)">[<xsl:value-of select="@id"/>]</xsl:for-each><xsl:value-of select="count(key(\'k\', //none))"/></r></xsl:template>',
      '<r>[1][3]0</r>',
    ],
    [
      'calls templates by name, and themselves',
      '<xsl:template name="down"><xsl:param name="n" select="3"/><xsl:if test="$n &gt; 0"><q><xsl:value-of select="$n"/></q><xsl:call-template name="down"><xsl:with-param name="n" select="$n - 1"/></xsl:call-template></xsl:if></xsl:template><xsl:template match="/"><r><xsl:call-template name="down"/></r></xsl:template>',
      '<r><q>3</q><q>2</q><q>1</q></r>',
    ],
    [
      'picks the rule of the mode with the highest priority',
      '<xsl:template match="/"><r><xsl:apply-templates select="root/*" mode="m"/></r></xsl:template><xsl:template match="a" mode="m"><A/></xsl:template><xsl:template match="a[2]" mode="m"><SECOND/></xsl:template><xsl:template match="*" mode="m" priority="-3"><ANY n="{name()}"/></xsl:template><xsl:template match="b" mode="m"><xsl:apply-templates select="c[last()]"/></xsl:template>',
      '<r><A /><SECOND />3<ANY n="n:d" /><A /></r>',
    ],
    [
      'numbers and formats',
      '<xsl:template match="/"><r><xsl:for-each select="//c"><xsl:number format="1. "/><xsl:number level="any" count="c|a" format="i "/></xsl:for-each><xsl:value-of select="format-number(1234567.891, \'#,##0.00\')"/>|<xsl:value-of select="format-number(-0.256, \'0.0%\')"/>|<xsl:value-of select="format-number(5, \'000\')"/></r></xsl:template>',
      '<r>1. iii 2. iv 3. v 1,234,567.89|-25.6%|005</r>',
    ],
    [
      'computes names and attributes',
      '<xsl:attribute-set name="s"><xsl:attribute name="z">1</xsl:attribute></xsl:attribute-set><xsl:template match="/"><xsl:element name="x:r" namespace="urn:x"><k xsl:use-attribute-sets="s" q="{concat(\'a{\', 1)}{{}}"/></xsl:element></xsl:template>',
      '<x:r xmlns:x="urn:x"><k z="1" q="a{1{}" /></x:r>',
    ],
    [
      'chooses',
      '<xsl:template match="/"><r><xsl:for-each select="//a"><xsl:choose><xsl:when test="@v &lt; 3">lo</xsl:when><xsl:when test="@id = \'1\' or false()">one</xsl:when><xsl:otherwise>hi</xsl:otherwise></xsl:choose><xsl:text> </xsl:text></xsl:for-each></r></xsl:template>',
      '<r>one hi lo </r>',
    ],
    [
      'strips the space it is told to',
      `<xsl:strip-space elements="*"/>${identity}`,
      source.replace('</i> <i>', '</i><i>'),
    ],
    [
      'compares node-sets by their nodes',
      '<xsl:template match="/"><r><xsl:value-of select="//a/@v = //c"/>,<xsl:value-of select="//c &gt; 2"/>,<xsl:value-of select="//c != 1"/>,<xsl:value-of select="(//c)[2]"/></r></xsl:template>',
      '<r>true,true,true,2</r>',
    ],
    [
      'walks backwards',
      '<xsl:template match="/"><r><xsl:for-each select="//c[3]"><xsl:value-of select="preceding-sibling::*[1]"/>,<xsl:value-of select="count(preceding::*)"/>,<xsl:value-of select="name(preceding::a[1]/@id)"/>,<xsl:value-of select="ancestor::*[last()]/@*"/></xsl:for-each></r></xsl:template>',
      '<r>2,4,id,</r>',
    ],
    [
      'has the functions of strings',
      '<xsl:template match="/"><r><xsl:value-of select="substring(\'12345\', 1.5, 2.6)"/>,<xsl:value-of select="translate(\'bar\', \'abc\', \'AB\')"/>,<xsl:value-of select="normalize-space(\'  a   b \')"/>,<xsl:value-of select="round(-2.5)"/>,<xsl:value-of select="5 mod -2"/>,<xsl:value-of select="1 div 0"/></r></xsl:template>',
      '<r>234,BAr,a b,-2,1,Infinity</r>',
    ],
  ];

  it.each(cases)('%s', async (_name, map, expected) => {
    expect(await transformed(sheet(map))).toBe(expected);
  });

  it('selects from variables by msxsl:node-set', async () => {
    const map = sheet(
      '<xsl:variable name="t"><i>1</i><i>2</i></xsl:variable><xsl:template match="/"><r><xsl:value-of select="sum(msxsl:node-set($t)/i)"/></r></xsl:template>',
      ' xmlns:msxsl="urn:schemas-microsoft-com:xslt" exclude-result-prefixes="msxsl"',
    );
    expect(await transformed(map)).toBe('<r>3</r>');
  });

  it('has the functions that the BizTalk Mapper writes as scripts', async () => {
    const names = [
      'StringConcat',
      'StringTrimRight',
      'StringSubstring',
      'LogicalEq',
      'MathAdd',
      'MathRound',
      'DateAddDays',
      'AddToCumulativeSum',
      'GetCumulativeSum',
    ];
    const script = names.map((name) => `public string ${name}(string a, string b) { return ""; }`).join('\n');
    const value = (call: string): string => `<xsl:value-of select="userCSharp:${call}"/>,`;
    const map = sheet(
      `<msxsl:script language="C#" implements-prefix="userCSharp"><![CDATA[${script}]]></msxsl:script>` +
        `<xsl:template match="/"><r><xsl:for-each select="//c"><xsl:variable name="v" select="userCSharp:AddToCumulativeSum(0, string(.), '1000')"/></xsl:for-each>` +
        `${value("StringConcat('a', //c[2])")}${value("StringTrimRight('b ')")}${value("StringSubstring('abcdef', '2', '4')")}` +
        `${value("LogicalEq('1.0', '1')")}${value("MathAdd('1', '2.5')")}${value("MathAdd('1', 'x')")}${value("MathRound('2.5')")}` +
        `${value("DateAddDays('2024-02-28', '2')")}${value('GetCumulativeSum(0)')}</r></xsl:template>`,
      ' xmlns:msxsl="urn:schemas-microsoft-com:xslt" xmlns:userCSharp="http://schemas.microsoft.com/BizTalk/2003/userCSharp" exclude-result-prefixes="msxsl userCSharp"',
    );
    expect(await transformed(map)).toBe('<r>a2,b,bcd,true,3.5,,2,2024-03-01,6,</r>');
  });

  it('includes and imports other maps', async () => {
    const map = sheet(
      '<xsl:import href="base.xslt"/><xsl:include href="more.xslt"/><xsl:template match="a[1]">[<xsl:apply-imports/>]</xsl:template>',
    );
    const files = {
      'Artifacts/Maps/base.xslt': sheet('<xsl:template match="a">base</xsl:template><xsl:template match="text()"/>'),
      'Artifacts/Maps/more.xslt': sheet('<xsl:template match="b">more</xsl:template>'),
    };
    expect(await transformed(map, { files })).toBe('[base]basemorebase');
  });
});

describe('a map of the Data Mapper', () => {
  const mapper = (body: string, output = '<xsl:output indent="yes" method="xml"/>'): string =>
    '<xsl:stylesheet version="3.0" expand-text="yes" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" ' +
    'xmlns:ef="http://azure.workflow.datamapper.extensions" exclude-result-prefixes="xsl xs ef">' +
    `${output}${body}</xsl:stylesheet>`;
  const template =
    '<xsl:template match="/"><xsl:apply-templates select="." mode="azure.workflow.datamapper"/></xsl:template>';

  it('makes XML of XML, with expressions in its text', async () => {
    const map = mapper(
      `${template}<xsl:template match="/" mode="azure.workflow.datamapper"><Out Id="{/*/a[1]/@id}"><Name>{upper-case(concat(/*/a[1], '-', /*/a[2]))}</Name>` +
        `<Kind>{if (xs:integer(/*/a[2]/@v) &gt; 5) then ('high') else 'low'}</Kind><Total>{sum(/*/b/c)}</Total><All>{string-join(/*/b/c, ';')}</All>` +
        `<Date>{format-date('2024-03-05', '[D]. [MNn] [Y0001]')}</Date><Twice>{ef:twice(4)}</Twice><Max>{max(/*/a/@v)}</Max>` +
        `<xsl:for-each select="tokenize('x,y', ',')"><T>{.}</T></xsl:for-each></Out></xsl:template>` +
        `<xsl:function name="ef:twice" as="xs:integer"><xsl:param name="n" as="xs:integer"/><xsl:sequence select="$n * 2"/></xsl:function>`,
    );
    expect(await transformed(map)).toBe(
      '<Out Id="1"><Name>X-Y</Name><Kind>high</Kind><Total>6</Total><All>1;2;3</All><Date>5. March 2024</Date><Twice>8</Twice><Max>10</Max><T>x</T><T>y</T></Out>',
    );
  });

  it('makes JSON of JSON', async () => {
    const map = mapper(
      '<xsl:template match="/"><xsl:variable name="xmlinput" select="json-to-xml(/)"/><xsl:variable name="xmloutput"><xsl:apply-templates select="$xmlinput" mode="m"/></xsl:variable>' +
        `<xsl:value-of select="xml-to-json($xmloutput, map{'indent':true()})"/></xsl:template>` +
        `<xsl:template match="/" mode="m"><map xmlns="http://www.w3.org/2005/xpath-functions"><string key="name">{/*/*[@key='first']} {/*/*[@key='last']}</string>` +
        `<number key="count">{count(/*/*[@key='items']/*)}</number><array key="skus"><xsl:for-each select="/*/*[@key='items']/*"><string>{*[@key='sku']}</string></xsl:for-each></array></map></xsl:template>`,
      '<xsl:output indent="yes" media-type="text/json" method="text" omit-xml-declaration="yes"/>',
    );
    const content = { first: 'Ann', last: 'Doe', items: [{ sku: 'a' }, { sku: 'b' }] };
    const played = await run(map, { content });
    expect(played.outputs('T')).toEqual({ body: { name: 'Ann Doe', count: 2, skus: ['a', 'b'] } });
  });
});

describe('a map that cannot run', () => {
  const failure = async (map: string, options?: Options) => (await run(map, options)).step('T')?.error;

  it('says where', async () => {
    expect(await failure('<a><b></a>')).toMatchObject({
      code: 'XsltTransformationFailed',
      message: expect.stringContaining("does not match the end tag of 'a' (line 1, column") as string,
    });
    expect(
      (await failure(sheet('<xsl:template match="/"><xsl:value-of select="a["/></xsl:template>')))?.message,
    ).toContain("<xsl:value-of>: The end is not expected in 'a['");
    expect((await failure(sheet(identity), { content: 'no xml' }))?.message).toContain('The content is not valid XML');
    expect(
      (
        await failure(
          sheet('<xsl:template match="/"><xsl:message terminate="yes">No order</xsl:message></xsl:template>'),
        )
      )?.message,
    ).toContain('No order');
  });

  it('does not run forever', async () => {
    const endless = sheet('<xsl:template match="/" name="t"><xsl:call-template name="t"/></xsl:template>');
    expect((await failure(endless))?.message).toContain('too deep');
  });

  it('says what is not supported here, and the way out', async () => {
    const script = sheet(
      '<msxsl:script language="C#" implements-prefix="u">public int f() { return 1; }</msxsl:script><xsl:template match="/"><r><xsl:value-of select="u:f()"/></r></xsl:template>',
      ' xmlns:msxsl="urn:schemas-microsoft-com:xslt" xmlns:u="urn:u"',
    );
    expect(await failure(script)).toMatchObject({
      code: 'NotSupportedLocally',
      message: expect.stringMatching(/'f' is a script of the map.*Mock it in a scenario/) as string,
    });
    const grouping =
      '<xsl:stylesheet version="2.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/"><xsl:for-each-group select="//a" group-by="@v"><x/></xsl:for-each-group></xsl:template></xsl:stylesheet>';
    expect(await failure(grouping)).toMatchObject({
      code: 'NotSupportedLocally',
      message: expect.stringContaining('<xsl:for-each-group> is not an instruction of XSLT 1.0') as string,
    });
  });

  it('may be asked for by the older name of the action', async () => {
    const action = { type: 'XmlTransform', inputs: { content: '<a/>', map: { name: 'map' } } };
    const played = await play({ T: action }, { files: { 'Artifacts/Maps/map.xslt': sheet(identity) } });
    expect(contentText(played.outputs('T'))).toContain('<a />');
  });

  it('can be mocked', async () => {
    const action = { type: 'Xslt', inputs: { content: source, map: { name: 'missing' } } };
    const mocks = [{ match: { action: 'T' }, responses: [{ body: { done: true } }] }];
    const played = await play({ T: action }, { case: { mocks } });
    expect(played.outputs('T')).toMatchObject({ body: { done: true } });
  });
});
