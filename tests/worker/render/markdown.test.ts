import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markdownExcerpt, markdownHtml } from '../../../worker/render/views/markdown.ts';

/** The most characters of HTML that one character of Markdown gives: those of an empty list item. */
const MAX_GROWTH = 11;

describe('a Markdown body', () => {
  it('becomes HTML, with its headings one level below the page’s own', () => {
    expect(markdownHtml('# One\n\n###### Six\n\n- a\n- b')).toBe(
      '<h2>One</h2>\n<h6>Six</h6>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n',
    );
  });

  it('shows raw HTML as plain text', () => {
    expect(markdownHtml('a <b>c</b> <script>x</script>')).not.toMatch(/<(b|script)>/);
    expect(markdownHtml('<div onclick="x">')).toContain('&lt;div');
  });

  it('can link to http, https, mailto and tel only', () => {
    for (const url of ['https://a.example/', 'http://a.example/', 'mailto:a@b.example', 'tel:151'])
      expect(markdownHtml(`[x](${url})`)).toContain(`href="${url}"`);
    for (const url of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      '&#106;avascript:x',
      'data:text/html,x',
      'vbscript:x',
      'file:///etc/passwd',
      '//a.example/',
      '/ar/',
      'https:javascript:x',
    ])
      expect(markdownHtml(`[x](${url}) <${url}>\n\n[y][z]\n\n[z]: ${url}`)).not.toContain('<a ');
  });

  it('has no link without an address', () => {
    expect(markdownHtml('[a]() [c](<>) ![d]() [![e](https://a.example/)]()')).toBe(
      '<p>a [c](&lt;&gt;) d <a href="https://a.example/">e</a></p>\n',
    );
    expect(markdownHtml('> - **[a *b*]()** [c](https://a.example/)')).toContain(
      '<strong>a <em>b</em></strong> <a href="https://a.example/">c</a>',
    );
    expect(markdownExcerpt('[a]() b')).toBe('a b');
  });

  it('has no link with a user part, and none that dials a command', () => {
    for (const url of [
      'https://moh.example@evil.example/',
      'HTTPS://user:password@evil.example',
      'https:///moh.example@evil.example',
      'https:\\\\moh.example@evil.example',
      'tel:**21*96599999999%23',
      'tel:*100%23',
      'tel:%2A100',
      'tel:1',
      'tel:1234567890123456',
    ])
      expect(markdownHtml(`[x](${url}) <${url}> ![y](${url})`), url).not.toContain('<a ');
    for (const url of ['https://a.example/@user', 'https://a.example/?a@b', 'tel:+965-151', 'tel:(0)18.88'])
      expect(markdownHtml(`[x](${url})`)).toContain(`<a href="${url}">`);
  });

  it('shows the address of a link as text so that its host can be read', () => {
    const textOf = (url: string) =>
      /<a href="[^"]*" dir="ltr">(.*?)<\/a>/.exec(markdownHtml(`<${url}>`))?.[1];
    expect(textOf('https://xn--pple-43d.example/')).toBe('https://xn--pple-43d.example/');
    expect(textOf('https://\u0430pple.example/')).toBe('https://xn--pple-43d.example/');
    expect(textOf('https://evil.example/%E2%80%AEwk.vog.hom')).toBe(
      'https://evil.example/%E2%80%AEwk.vog.hom',
    );
    expect(textOf('https://evil.example/\u202ewk.vog.hom')).toBe('https://evil.example/%E2%80%AEwk.vog.hom');
    expect(textOf('https://ar.example/%D8%A3')).toBe('https://ar.example/أ');
    expect(textOf('https://xn--4gbrim.xn--ygbi2ammx/')).toBe('https://موقع.فلسطين/');
    for (const host of ['\u0430pple.example', '/\u0430pple.example', '%D0%B0pple.example'])
      expect(markdownHtml(`[x](https://${host}/)`)).toContain('<a href="https://xn--pple-43d.example/">');
    expect(markdownHtml('[x](tel:((999)999)) [x](tel:%28999)')).not.toContain('<a ');
  });

  it('shows a picture as a link to it', () => {
    expect(markdownHtml('![a "<b>"](https://a.example/p.png?a&b)')).toBe(
      '<p><a href="https://a.example/p.png?a&amp;b">a &quot;&lt;b&gt;&quot;</a></p>\n',
    );
    expect(markdownHtml('![a](javascript:x)')).not.toContain('<a');
    expect(markdownHtml('[![a](https://a.example/p.png) b](https://b.example/)')).toBe(
      '<p><a href="https://b.example/">a b</a></p>\n',
    );
  });

  it('has emphasis beside the letters of Arabic, although the other side is punctuation', () => {
    for (const [body, html] of [
      ['و**«حظر التجول الجزئي»** يبدأ غدًا.', 'و<strong>«حظر التجول الجزئي»</strong> يبدأ غدًا.'],
      ['يُعفى منه ب**(تصريح)** فقط.', 'يُعفى منه ب<strong>(تصريح)</strong> فقط.'],
      ['**تنبيه:**يبدأ', '<strong>تنبيه:</strong>يبدأ'],
      ['**مهم،**ثم', '<strong>مهم،</strong>ثم'],
      ['وَ*«أ»*و*«ب»*و', 'وَ<em>«أ»</em>و<em>«ب»</em>و'],
      ['بـ**«أ»**', 'بـ<strong>«أ»</strong>'],
      ['ب~~(أ)~~ب', 'ب<s>(أ)</s>ب'],
      ['\u200f**«أ»**\u200f و\u200e**«ب»**', '\u200f<strong>«أ»</strong>\u200f و\u200e<strong>«ب»</strong>'],
      ['ו**"א"** на**«а»**б', 'ו<strong>&quot;א&quot;</strong> на<strong>«а»</strong>б'],
    ])
      expect(markdownHtml(body ?? '')).toBe(`<p>${html}</p>\n`);
    // Latin writing, and what nobody means as emphasis, are as in CommonMark.
    for (const body of ['a**"b"**c', '2**(3)**4', 'é**(b)**', 'و ** «أ» **', 'و_«أ»_', 'أ * ب * ج'])
      expect(markdownHtml(body), body).not.toMatch(/<(em|strong)>/);
  });

  it('has lists, headings and quotes although marks or special spaces stand before or after their mark', () => {
    for (const odd of ['\u200f', '\u200e', '\u061c', '\ufeff', '\u00a0', '\u2003\u200f ']) {
      expect(markdownHtml(`${odd}- أ\n${odd}- ب`), odd).toBe('<ul>\n<li>أ</li>\n<li>ب</li>\n</ul>\n');
      expect(markdownHtml(`${odd}## أ\n\n${odd}> ب\n\n> ${odd}- ج`)).toBe(
        '<h3>أ</h3>\n<blockquote>\n<p>ب</p>\n</blockquote>\n<blockquote>\n<ul>\n<li>ج</li>\n</ul>\n</blockquote>\n',
      );
    }
    expect(markdownHtml('-\u00a0أ\n-\u200f ب\n1.\u00a0ج')).toBe(
      '<ul>\n<li>أ</li>\n<li>ب</li>\n</ul>\n<ol>\n<li>ج</li>\n</ol>\n',
    );
    // What is no mark, and code, stay as written.
    expect(markdownHtml('\u200fنص -\u00a0نص')).toBe('<p>\u200fنص -\u00a0نص</p>\n');
    expect(markdownHtml('```\n\u200f- ١. x\n١. y\n```')).toContain('\u200f- ١. x\n١. y\n');
  });

  it('has lists that Arabic-Indic and Persian digits number, in these digits', () => {
    expect(markdownHtml('١. أ\n٢. ب\n\n۳) ج')).toBe(
      '<ol class="arabic">\n<li>أ</li>\n<li>ب</li>\n</ol>\n<ol start="3" class="persian">\n<li>ج</li>\n</ol>\n',
    );
    expect(markdownHtml('> ٣. أ')).toContain('<ol start="3" class="arabic">');
    // Only a first item interrupts a paragraph; a year begins none.
    expect(markdownHtml('نص\n٢. نص')).toBe('<p>نص<br>\n٢. نص</p>\n');
    expect(markdownHtml('٢٠٢١. نص')).toBe('<p>٢٠٢١. نص</p>\n');
  });

  it('has the line breaks with which it was written', () => {
    expect(markdownHtml('Ambulance: 112\nHotline: 151\n\nMore.')).toBe(
      '<p>Ambulance: 112<br>\nHotline: 151</p>\n<p>More.</p>\n',
    );
    expect(markdownExcerpt('Ambulance: 112\nHotline: 151')).toBe('Ambulance: 112 Hotline: 151');
  });

  it('links bare addresses and e-mail addresses, from left to right', () => {
    const link = (href: string, text = href) => `<a href="${href}" dir="ltr">${text}</a>`;
    for (const [body, html] of [
      ['https://example.org/register?lang=ar', link('https://example.org/register?lang=ar')],
      ['(انظر http://example.org/a_b_(c)).', `(انظر ${link('http://example.org/a_b_(c)')}).`],
      ['سجّل في https://example.org/_x_y، ثم', `سجّل في ${link('https://example.org/_x_y')}، ثم`],
      ['«https://example.org»', `«${link('https://example.org')}»`],
      ['**https://example.org/**', `<strong>${link('https://example.org/')}</strong>`],
      ['على HTTPS://example.org.', `على ${link('HTTPS://example.org')}.`],
      ['راسل help@example.org.', `راسل ${link('mailto:help@example.org', 'help@example.org')}.`],
      ['<https://example.org>', link('https://example.org')],
    ])
      expect(markdownHtml(body ?? '')).toBe(`<p>${html}</p>\n`);
    for (const body of [
      'example.org www.example.org //example.org ftp://example.org xhttp://example.org',
      'https:// https://- https://moh.example@evil.example/ javascript://x',
      'a@b @c.example a@b@c.example `https://example.org` \\https\\://x',
    ])
      expect(markdownHtml(body), body).not.toContain('<a ');
    expect(markdownHtml('[a https://b.example c@d.example](https://e.example)').match(/<a /g)).toHaveLength(
      1,
    );
    expect(markdownHtml('https://\u0430pple.example/')).toContain('>https://xn--pple-43d.example/<');
  });

  it('keeps the order of telephone and signed numbers, and links the telephone numbers', () => {
    for (const [body, html] of [
      [
        'اتصل على +965 2497-0967',
        'اتصل على <a href="tel:+96524970967" dir="ltr" class="keep">+965 2497-0967</a>',
      ],
      [
        'للاستفسار: 965-222-3344',
        'للاستفسار: <a href="tel:9652223344" dir="ltr" class="keep">965-222-3344</a>',
      ],
      ['-12 حالة', '<bdi dir="ltr">-12</bdi> حالة'],
      ['2497-5967', '<bdi dir="ltr" class="keep">2497-5967</bdi>'],
      ['+٩٦٥ ٢٤٩٧-٠٩٦٧', '<a href="tel:+96524970967"><bdo dir="ltr" class="keep">+٩٦٥ ٢٤٩٧-٠٩٦٧</bdo></a>'],
      [
        '[اتصل +965 2497-0967](https://a.example)',
        '<a href="https://a.example">اتصل <bdi dir="ltr" class="keep">+965 2497-0967</bdi></a>',
      ],
      ['[اتصل](tel:+965 2497 0967)', '<a href="tel:+965-2497-0967">اتصل</a>'],
      ['`-12` 10-15 2021-08-04 27/2020', '<code>-12</code> 10-15 2021-08-04 27/2020'],
    ])
      expect(markdownHtml(body ?? '')).toBe(`<p>${html}</p>\n`);
    expect(markdownExcerpt('اتصل على +965 2497-0967 (-12)')).toBe('اتصل على +965 2497-0967 (-12)');
  });

  it('has tables of a bounded size, without styles', () => {
    expect(markdownHtml('| أ | ب |\n|---|:-:|\n| 1 | **2** |\n| 3 |')).toBe(
      '<div class="scroll" tabindex="0"><table>\n<thead>\n<tr>\n<th scope="col">أ</th>\n<th scope="col">ب</th>\n</tr>\n</thead>\n' +
        '<tbody>\n<tr>\n<td>1</td>\n<td><strong>2</strong></td>\n</tr>\n<tr>\n<td>3</td>\n<td></td>\n</tr>\n</tbody>\n</table></div>\n',
    );
    const table = (columns: number, rows: number, row = '| 1,234'.repeat(columns)) =>
      `${'| name'.repeat(columns)}\n${'|-'.repeat(columns)}\n${`${row}\n`.repeat(rows)}`;
    expect(markdownHtml(table(20, 200)).includes('<table>')).toBe(true);
    for (const body of [table(21, 1), table(2, 201), table(20, 3, '|x')])
      expect(markdownHtml(body).includes('<table>'), body.slice(0, 20)).toBe(false);
    expect(markdownHtml('a | b\n---')).not.toContain('<table>');
    expect(markdownExcerpt('| أ | ب |\n|---|---|\n| 1 | 2 |')).toBe('أ · ب · 1 · 2');
  });

  it('handles pathological input of 50,000 characters, and its HTML stays in proportion', () => {
    const bodies = [
      '[',
      '*a_',
      '*a*',
      '> ',
      '`',
      '![',
      '(',
      '<a',
      '~~',
      '- ',
      '|a',
      '\n#',
      '&',
      '"',
      '\n-\n',
      '1. ',
    ]
      .map((part) => part.repeat(50_000 / part.length))
      .concat(
        // each row is padded to the first row's number of cells; each use of [a] repeats the long definition
        `${'|'.repeat(20_000)}\n${'|-'.repeat(10_000)}|\n${'|\n'.repeat(4_000)}`,
        `[a]: https://a.example/${'b'.repeat(25_000)}\n\n${'[a]'.repeat(8_000)}`,
      );
    for (const body of bodies) {
      const { length } = markdownHtml(body);
      expect(length, body.slice(0, 3)).toBeGreaterThan(0);
      expect(length, body.slice(0, 3)).toBeLessThan(MAX_GROWTH * body.length);
    }
  });

  it('never gives an element or attribute that could run a script, whatever the body is', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '<script>',
            '"',
            "'",
            '[a](',
            'javascript:',
            ')',
            '![',
            '<',
            '>',
            ' onload=',
            '\n',
            '`',
            'x',
            '&lt;',
            '&#x3c;',
            '\\',
            'style=',
            '*',
            '_',
            '|',
            ':-:',
            '#',
            '\n|a|b|\n|-|-|\n',
            '-12 ',
            '+965 2497-0967 ',
            '٢٤٩٧-٠٩٦٧ ',
            'a@b.example ',
            '\n١. ',
            '\n\n',
            'https://a.example/',
          ),
          { maxLength: 40 },
        ),
        (parts) => {
          const html = markdownHtml(parts.join(''));
          const allowed =
            /^<\/?(p|a|em|strong|s|code|pre|h[2-6]|ul|ol|li|blockquote|hr|br|bd[io]|div|table|thead|tbody|tr|th|td)( (href|title|start|class|dir|scope|tabindex)="[^"]*")*>$/;
          for (const [tag] of html.matchAll(/<[^>]*>/g)) expect(tag).toMatch(allowed);
        },
      ),
    ));
});

describe('an excerpt', () => {
  it('is the text without Markdown marks, cut between words', () => {
    expect(markdownExcerpt('# Title\n\nSome **bold** [link](https://a.example/).\n\nMore.')).toBe(
      'Some bold link. More.',
    );
    const cut = markdownExcerpt('word '.repeat(100), 22);
    expect(cut).toBe('word word word word…');
  });

  it('never cuts a character in half', () => {
    expect(markdownExcerpt('👩🏽‍🚒'.repeat(100), 21).isWellFormed()).toBe(true);
  });

  it('is empty if the text has no sentence', () => expect(markdownExcerpt('# A heading\n\n---')).toBe(''));
});
