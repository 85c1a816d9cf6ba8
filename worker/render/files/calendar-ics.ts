import { civilDateAt, startOfDay } from '../../model/civil-date.ts';
import type { Instant } from '../../model/instant.ts';
import { homePath } from '../../model/path.ts';
import { metricOf, type Site } from '../../model/site.ts';
import { utf8Bytes } from '../../model/utf8-bytes.ts';
import { textIn } from '../../model/validation/text.ts';
import { type Documents, define } from '../document.ts';
import { type CalendarEvent, calendarOf } from '../views/calendar.ts';

/** The most bytes of a line without its end: RFC 5545 §3.1. */
const LINE_BYTES = 75;
/** The most characters of an event's summary: 100 metrics may be due at once. */
const SUMMARY = 200;

/**
 * `/calendar.ics`: when the next figures are due, in the site's default language. https://www.rfc-editor.org/rfc/rfc5545
 * `DTSTAMP` is the beginning of the day, so that the file changes only with its events.
 */
export const calendarIcs: Documents = (bulletin, { asOf }) => {
  const { site } = bulletin;
  const view = {
    host: new URL(site.origin).host,
    url: site.origin + homePath(site.defaultLanguage),
    name: nameOf(site),
    stamp: startOfDay(civilDateAt(asOf, site.timeZone), site.timeZone),
    events: calendarOf(bulletin, asOf).map((event) => ({ ...event, summary: summaryOf(site, event) })),
  };
  return [
    define({ path: '/calendar.ics', type: 'text/calendar; charset=utf-8', pack: 'release' }, view, (v) =>
      [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:-//Nashra//Figures//EN',
        `NAME:${textValue(v.name)}`,
        ...v.events.flatMap(({ at, date, summary }) => [
          'BEGIN:VEVENT',
          `UID:${date}-${at.slice(11, 16).replace(':', '')}@${v.host}`,
          `DTSTAMP:${utcForm(v.stamp)}`,
          `DTSTART:${utcForm(at)}`,
          `SUMMARY:${textValue(summary)}`,
          `URL:${v.url}`,
          'END:VEVENT',
        ]),
        'END:VCALENDAR',
      ]
        .map((line) => `${folded(line)}\r\n`)
        .join(''),
    ),
  ];
};

const nameOf = ({ name, defaultLanguage }: Site): string =>
  textIn(name, defaultLanguage, defaultLanguage).text;

/** The site's name, and which figures are due. */
function summaryOf(site: Site, { metrics }: Pick<CalendarEvent, 'metrics'>): string {
  const { defaultLanguage } = site;
  const labels = metrics.map((id) => {
    const label = metricOf(site, id)?.label;
    return label ? textIn(label, defaultLanguage, defaultLanguage).text : id;
  });
  const text = [nameOf(site), ...labels].join(' · ');
  const characters = [...text];
  return characters.length <= SUMMARY ? text : `${characters.slice(0, SUMMARY).join('')}…`;
}

/** An instant in UTC: §3.3.5, form 2. */
const utcForm = (at: Instant): string => at.replaceAll(/[-:]/g, '');

/** A value of type TEXT: §3.3.11. */
const textValue = (text: string): string =>
  text.replaceAll(/[\\;,]/g, (character) => `\\${character}`).replaceAll('\n', '\\n');

/** A line, folded: each line after the first begins with a space, and no character is parted. */
function folded(line: string): string {
  const lines: string[] = [];
  let [current, bytes] = ['', 0];
  for (const character of line) {
    const size = utf8Bytes(character);
    if (bytes + size > LINE_BYTES) {
      lines.push(current);
      [current, bytes] = [' ', 1];
    }
    current += character;
    bytes += size;
  }
  return [...lines, current].join('\r\n');
}
