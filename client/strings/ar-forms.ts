/** A text for each plural form of Arabic. */
type Forms = { readonly [form in Intl.LDMLPluralRule]: string };

/** The same text in each plural form. */
export const sameForms = (text: string): Forms => ({
  zero: text,
  one: text,
  two: text,
  few: text,
  many: text,
  other: text,
});

/** The same around a counted noun in its form. */
export const formsAround = (words: Forms, sentence: (words: string) => string): Forms => ({
  zero: sentence(words.zero),
  one: sentence(words.one),
  two: sentence(words.two),
  few: sentence(words.few),
  many: sentence(words.many),
  other: sentence(words.other),
});

/** Decimal places after a preposition. */
const DECIMALS: Forms = {
  zero: '{decimals} منزلة عشرية',
  one: 'منزلة عشرية واحدة',
  two: 'منزلتين عشريتين',
  few: '{decimals} منازل عشرية',
  many: '{decimals} منزلة عشرية',
  other: '{decimals} منزلة عشرية',
};

/** A sentence that says how many decimals a number has at most, in each plural form. */
export const decimalForms = (sentence: (decimals: string) => string): Forms =>
  formsAround(DECIMALS, sentence);
