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
    const textOf = (url: string) => /<a href="[^"]*">(.*?)<\/a>/.exec(markdownHtml(`<${url}>`))?.[1];
    expect(textOf('https://xn--pple-43d.example/')).toBe('https://xn--pple-43d.example/');
    expect(textOf('https://\u0430pple.example/')).toBe('https://xn--pple-43d.example/');
    expect(textOf('https://evil.example/%E2%80%AEwk.vog.hom')).toBe(
      'https://evil.example/%E2%80%AEwk.vog.hom',
    );
    expect(textOf('https://evil.example/\u202ewk.vog.hom')).toBe('https://evil.example/%E2%80%AEwk.vog.hom');
    expect(textOf('https://ar.example/%D8%A3')).toBe('https://ar.example/أ');
    expect(textOf('https://xn--4gbrim.xn--ygbi2ammx/')).toBe('https://موقع.فلسطين/');
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
            '\n\n',
            'https://a.example/',
          ),
          { maxLength: 40 },
        ),
        (parts) => {
          const html = markdownHtml(parts.join(''));
          const allowed =
            /^<\/?(p|a|em|strong|s|code|pre|h[2-6]|ul|ol|li|blockquote|hr|br)( (href|title|start|class)="[^"]*")*>$/;
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
