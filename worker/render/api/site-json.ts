import { type Documents, define, JSON_TYPE, jsonText } from '../document.ts';

/** `/api/v1/site.json`: the current settings. */
export const siteJson: Documents = ({ site }) => [
  define({ path: '/api/v1/site.json', type: JSON_TYPE, pack: 'release' }, site, jsonText),
];
