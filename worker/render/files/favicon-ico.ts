import { type Documents, stampOf } from '../document.ts';

// The mark (letter nun and its dot, the nuqta) in #2f51c8, which stands out on light and dark tabs alike:
// 32 by 32 pixels, a PNG inside an ICO.
const ICO =
  'AAABAAEAICAAAAEAIAA5AQAAFgAAAIlQTkcNChoKAAAADUlIRFIAAAAgAAAAIAgGAAAAc3p69AAAAQBJREFUeNrtVtENhSAM' +
  'dAUm4YMVXMAPVnAFV2AFVmAFFnAJVnAFzUuaF2JaFKjChyT8XXvHtRSG4VsVS07r8tstyXfYS0vyd0UQ5O+IuCB/VsRN8udE' +
  'NBfQvARdNGEX17CLQcQ+iuW0zoilM6PQdP5PgJxWjQAMowCD5NcxQCEAzyjAI/nVGbQhIMFALpC8GwZ0T5SBsN9hwJEYr6qC' +
  'XBE5RyogIOBQUgqwHs2XCqJcCDlOwMlD1umjYJt47UzKDTi1ScTbu9b5izffA9EM29yMETn18xk/oJ2N/CTCMpDbqnkCjRkK' +
  'iMNlwxUIccTE/E84wPARJ66ZjppQ1wyspusAKgu1NQs117AAAAAASUVORK5CYII=';

/** `/favicon.ico`, which browsers ask for whatever the page says. */
export const faviconIco: Documents = () => [
  {
    path: '/favicon.ico',
    type: 'image/vnd.microsoft.icon',
    pack: 'release',
    stamp: stampOf(ICO),
    render: () => Uint8Array.from(atob(ICO), (c) => c.charCodeAt(0)),
  },
];
