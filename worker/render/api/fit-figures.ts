import { utf8Bytes } from '../../model/utf8-bytes.ts';
import { cutText } from '../views/cut-text.ts';

type Form = Readonly<Record<string, unknown>>;
type Lists = { readonly figures: readonly Form[]; readonly breaking: readonly Form[] };

/** The characters to which notes are cut, in the order in which they are tried; at 0 they are left out. */
const NOTE_LENGTHS = [120, 60, 0] as const;
/** To which names and titles are cut, if notes are not enough. */
const NAME_LENGTH = 16;
const TITLE_LENGTH = 120;

/**
 * The latest figures and breaking news in at most `maxBytes` bytes of JSON, whatever settings and notes hold. As long as
 * they fit, they stay as they are. Else notes are cut or left out, then names and titles are cut, then lists lose their
 * last items. `truncated` of a figure says that its note is not whole, that of the result which lists lost items.
 */
export function fitFigures<T extends object>(
  told: T & Lists,
  maxBytes: number,
): T & Lists & { readonly truncated?: readonly string[] } {
  if (sizeOf(told) <= maxBytes) return told;
  let fitted: T & Lists = told;
  for (const length of NOTE_LENGTHS) {
    fitted = { ...told, figures: told.figures.map((figure) => withNote(figure, length)) };
    if (sizeOf(fitted) <= maxBytes) return fitted;
  }
  const short = (figure: Form) => cutAt(cutAt(figure, 'label', NAME_LENGTH), 'unit', NAME_LENGTH);
  fitted = {
    ...fitted,
    figures: fitted.figures.map((figure) => {
      const { total } = figure;
      return isForm(total) ? { ...short(figure), total: short(total) } : short(figure);
    }),
    breaking: fitted.breaking.map((item) => cutAt(item, 'title', TITLE_LENGTH)),
  };
  return sizeOf(fitted) <= maxBytes ? fitted : shortened(fitted, maxBytes);
}

/** Without as many of the last figures as it takes; if none is left, of the last breaking news. */
function shortened<T extends object>(told: T & Lists, maxBytes: number) {
  let sizeBytes = sizeOf({ ...told, truncated: ['figures', 'breaking'] });
  const [figures, breaking] = [[...told.figures], [...told.breaking]];
  while (sizeBytes > maxBytes && figures.length + breaking.length > 0)
    sizeBytes -= sizeOf((figures.length > 0 ? figures : breaking).pop()) + 1;
  const truncated = [
    ...(figures.length < told.figures.length ? ['figures'] : []),
    ...(breaking.length < told.breaking.length ? ['breaking'] : []),
  ];
  return { ...told, figures, breaking, truncated };
}

function withNote(figure: Form, length: number): Form {
  const { note, noteLanguage: _, ...rest } = figure;
  if (typeof note !== 'string' || note.length <= length) return figure;
  const truncated = { truncated: ['note'] };
  return length === 0 ? { ...rest, ...truncated } : { ...figure, note: cutText(note, length), ...truncated };
}

function cutAt(form: Form, name: string, length: number): Form {
  const text = form[name];
  return typeof text === 'string' && text.length > length ? { ...form, [name]: cutText(text, length) } : form;
}

const isForm = (value: unknown): value is Form => typeof value === 'object' && value !== null;

const sizeOf = (value: unknown): number => utf8Bytes(JSON.stringify(value));
