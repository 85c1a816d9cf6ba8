/**
 * What may be wrong with new figures, by code: the English text. `{name}` stands for a parameter of the note. The other
 * languages are in `client/strings`.
 */
export const enNoteSentences = {
  // Beyond what the values nearby were, with a margin.
  'far-above':
    '{metric} of {date} is {value}, far above what it was: from {lowest} to {highest} in the 30 days before, {last} on {lastDate}',
  'far-below':
    '{metric} of {date} is {value}, far below what it was: from {lowest} to {highest} in the 30 days before, {last} on {lastDate}',
  // Usual if it were divided or multiplied by a power of ten.
  'times-too-large':
    '{metric} of {date} is {value}, as if what it was ({lowest} to {highest}, {last} on {lastDate}) were multiplied by {times}: is there a digit too many, or is the decimal point wrong?',
  'times-too-small':
    '{metric} of {date} is {value}, as if what it was ({lowest} to {highest}, {last} on {lastDate}) were divided by {times}: is a digit missing, or is the decimal point wrong?',
  // Usual with the other sign, with one digit less, or with two digits in the other order.
  sign: '{metric} of {date} is {value}, and was {last} on {lastDate}: is the sign wrong, and should it be {perhaps}?',
  'digits-doubled':
    '{metric} of {date} is {value}, and was {last} on {lastDate}: was a digit typed twice, and should it be {perhaps}?',
  'digits-swapped':
    '{metric} of {date} is {value}, and was {last} on {lastDate}: are two digits swapped, and should it be {perhaps}?',
  // About the running total, in a column of daily counts.
  'running-total':
    '{metric} of {date} is {value}, and all days before make {total}: was the total typed in place of the day’s count, {perhaps}?',
  // A remark, its edit or its withdrawal moves a total by more than a tenth, and more than any day did.
  'total-moved':
    'this takes {metric} from {was} to {now} on {date}, by more than a tenth: is the amount right, and its sign?',
  // The same, and the total that is given would be near what it was with one digit less, or with two in the other order.
  'total-moved-by-slip':
    'this takes {metric} from {was} to {now} on {date}, by more than a tenth: should it be {perhaps}?',
  // By a rule of the settings: parts that make more than their whole, or another sum.
  'part-above-whole':
    '{sum} of {date} is more than {of} by {difference}, which can’t be: is each figure in its own column?',
  'sum-differs': '{sum} minus {of} on {date} is {difference}, and should be 0: which figure is wrong?',
  // The same, and one figure has other digits than would make it right.
  'sum-differs-by-slip':
    '{sum} minus {of} on {date} is {difference}, and should be 0: {metric} is {value}: should it be {perhaps}?',
  // The day’s figures fit other columns far better.
  'columns-shifted': 'the figures of {date} fit each other’s columns far better: {columns}',
  // A pause in reporting holds the day.
  'while-paused':
    '{metric} of {date} is {value}, but remark {remark} says that reporting is paused from {from} on: is the date right? If reporting has begun again, end the pause with until',
  // About the day.
  'same-as-before': 'the figures of {date} are those of {before} in all columns: were they entered twice?',
  'after-gap': 'there are no figures between {last} and {date}: is {date} the right date?',
  'weekday-not-usual': 'figures are not expected on the weekday of {date}: is {date} the right date?',
} as const;

/** What may be wrong with new figures. */
export type NoteCode = keyof typeof enNoteSentences;
