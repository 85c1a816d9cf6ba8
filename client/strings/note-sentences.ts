import { enNoteSentences, type NoteCode } from '../../worker/model/plausibility/note-sentences.ts';
import { arNoteSentences } from './ar-note-sentences.ts';

/** What may be wrong with new figures, by code, with the names of parameters in braces. */
export type NoteSentences = { readonly [code in NoteCode]: string };

/** The sentences of notes, by the language of their strings. */
export const NOTE_SENTENCES: { readonly [stringsTag: string]: NoteSentences } = {
  ar: arNoteSentences,
  en: enNoteSentences,
};
