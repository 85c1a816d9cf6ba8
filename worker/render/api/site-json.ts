import { type Documents, define } from '../document.ts';
import { JSON_TYPE } from './paged-json.ts';
import { jsonText } from './public-form.ts';

/** `/api/v1/site.json`: the settings as they stand. */
export const siteJson: Documents = ({ site }) => [
  define({ path: '/api/v1/site.json', type: JSON_TYPE, pack: 'release' }, site, jsonText),
];
