import { type Documents, define, JSON_TYPE, jsonText } from '../document.ts';
import { calendarOf } from '../views/calendar.ts';

/** `/api/v1/calendar.json`: when the next figures are due. */
export const calendarJson: Documents = (bulletin, { asOf }) => [
  define(
    { path: '/api/v1/calendar.json', type: JSON_TYPE, pack: 'release' },
    { events: calendarOf(bulletin, asOf) },
    jsonText,
  ),
];
