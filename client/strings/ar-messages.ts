import type { Messages } from '../../worker/model/messages.ts';
import { arFaultSentences } from './ar-fault-sentences.ts';
import { decimalForms, sameForms } from './ar-forms.ts';
import { arProblemSentences } from './ar-problem-sentences.ts';

/** The Arabic messages of the staff endpoint. */
export const arMessages: Messages = {
  places: {
    date: {
      zero: '{count} تاريخ مثل هذا، أولها في الصف {row}، العمود {column}: ',
      one: 'الصف {row}، العمود {column}: ',
      two: 'تاريخان مثل هذا، أولهما في الصف {row}، العمود {column}: ',
      few: '{count} تواريخ مثل هذا، أولها في الصف {row}، العمود {column}: ',
      many: '{count} تاريخًا مثل هذا، أولها في الصف {row}، العمود {column}: ',
      other: '{count} تاريخ مثل هذا، أولها في الصف {row}، العمود {column}: ',
    },
    cell: {
      zero: '{count} خلية مثل هذه، أولاها في الصف {row}، العمود {column}: ',
      one: 'الصف {row}، العمود {column}: ',
      two: 'خليتان مثل هذه، أولاهما في الصف {row}، العمود {column}: ',
      few: '{count} خلايا مثل هذه، أولاها في الصف {row}، العمود {column}: ',
      many: '{count} خلية مثل هذه، أولاها في الصف {row}، العمود {column}: ',
      other: '{count} خلية مثل هذه، أولاها في الصف {row}، العمود {column}: ',
    },
    row: {
      zero: '{count} صف مثل هذا، أولها الصف {row}: ',
      one: 'الصف {row}: ',
      two: 'صفان مثل هذا، أولهما الصف {row}: ',
      few: '{count} صفوف مثل هذا، أولها الصف {row}: ',
      many: '{count} صفًا مثل هذا، أولها الصف {row}: ',
      other: '{count} صف مثل هذا، أولها الصف {row}: ',
    },
  },
  sentences: {
    'file-empty': 'الملف خالٍ من الصفوف',
    'file-no-header':
      'في أول صف «{cell}»، وليس في الملف صف يسمي عمود التاريخ وأعمدة الأرقام: اكتب كلمة «التاريخ» ومعرّفات الأرقام أو أسماءها ({ids})',
    'file-no-date': 'لا يوجد عمود اسمه «التاريخ»',
    'file-two-dates': '«{cell}» عمود ثانٍ للتواريخ',
    'file-open-quote': 'فُتحت علامة تنصيص ولم تُغلق',
    'file-too-long': 'صفوف الملف أكثر من أيام الموقع، وعددها {most}: ربما تكرر فيه يوم',
    'file-too-wide': 'في صف العناوين {columns} من الأعمدة، ولا يُقرأ أكثر من {most}',
    'file-signs-same': 'فاصل الآلاف وفاصل الكسور علامة واحدة: {cell}',
    'header-unclear': 'تحت «{cell}» كُتب «{other}»، وقد يعني شيئًا آخر: اكتب أسماء الأعمدة في صف واحد ({ids})',
    'column-unknown': '«{cell}» ليس من أرقام هذا الموقع: اكتب واحدًا من {ids}',
    'column-unnamed': 'في العمود قيم ولا اسم له',
    'column-twice': '«{cell}» هو {metric}، وكذلك العمود {other}',
    'column-ambiguous': '«{cell}» اسم مشترك بين {ids}: اكتب المعرّف',
    'row-too-long':
      'الصف أطول من صف العناوين (عدد خلاياه {cells} لا {columns}): العدد الذي فيه فاصلة يوضع بين علامتي تنصيص',
    'row-too-short': 'الصف أقصر من صف العناوين (عدد خلاياه {cells} لا {columns})',
    'date-missing': 'في الصف قيم ولا تاريخ له',
    'date-unreadable': '«{cell}» ليس تاريخًا يمكن قراءته: اكتبه على صورة {form}',
    'date-ambiguous':
      'قد يعني «{cell}» {first} أو {second}: اكتب التواريخ على صورة YYYY-MM-DD، أو أضف dates=dmy أو dates=mdy',
    'date-serial':
      '«{cell}» هو {first} إن كان العدّ منذ 1900، و{second} إن كان منذ 1904: اكتب التواريخ على صورة YYYY-MM-DD، أو أضف dates=excel1900 أو dates=excel1904',
    'date-mixed':
      'كُتب «{cell}» و«{other}» بطريقتين، فربما بادل أحد البرامج بين اليوم والشهر: اكتب التواريخ على صورة YYYY-MM-DD، أو أضف dates=dmy أو dates=mdy',
    'date-twice': 'التاريخ {date} مكرر، وهو في الصف {other} أيضًا',
    'date-before-first': 'التاريخ {date} قبل أول أيام الموقع، وهو {first}',
    'date-after-today': 'التاريخ {date} بعد اليوم بتوقيت الموقع، وهو {today}',
    'number-unreadable':
      '«{cell}» ليس عددًا: اكتب الأرقام وحدها، ونقطة قبل الكسور العشرية، أو اترك الخلية فارغة',
    'number-signed': 'في «{cell}» علامة تحتمل أكثر من معنى: اكتب - قبل العدد السالب، ولا تكتب علامة قبل غيره',
    'number-percent': 'في «{cell}» علامة نسبة مئوية، و{metric} ليس نسبة مئوية: اكتب العدد المقصود',
    'cell-dash':
      'قد تعني «{cell}» صفرًا وقد تعني أن الرقم لم يُعلن: اكتب 0 أو «لم يُعلن»، أو أضف dash=zero أو dash=not-reported',
    'number-thousands':
      'في «{cell}» ما قد يكون فاصلًا للآلاف: اكتب العدد من دونه، أو أضف thousands=comma أو dot أو space أو apostrophe، أو decimal=dot أو comma',
    'number-shortened': '«{cell}» عدد مختصر كما تعرضه الجداول حين يضيق به عرض الخلية: اكتب أرقامه كلها',
    'number-decimal-comma': 'في «{cell}» فاصلة: اكتب نقطة قبل الكسور العشرية، أو أضف decimal=comma',
    'number-decimals': 'المنازل العشرية في «{cell}» ({has}) أكثر مما يقبله {metric} ({decimals})',
    'number-negative':
      '«{cell}» أقل من صفر، و{metric} عدد ما حدث في يوم واحد: لتعديل المجموع نفسه أضف إلى remarks مادة من نوع restatement',
    'number-too-small': '«{cell}» أقل من {least}، وهو أدنى قيمة في {metric}',
    'number-too-large': '«{cell}» أكبر من {most}، وهو أقصى قيمة في {metric}',
    'total-alone': 'منذ {date} للمجموع {metric} قيمة ({given}) في يوم لم يُعلن فيه {of}: احذف هذا العمود',
    'total-differs':
      'منذ {date} لا يساوي {metric} ({given}) مجموع الأرقام ({sum}): احذف هذا العمود، فالموقع يحسبه',
    'total-negative':
      'يجعل المجموع {metric} سالبًا في {date}: صحّح أولًا التنبيه الذي يُنقص أكثر مما ينبغي أو اسحبه، أو أعلن المجموع الصحيح لذلك اليوم',
    'total-too-large': 'يجعل المجموع {metric} أكبر من {most}',
    'at-after-now':
      'الساعة {at} لم تحن بعد، فالساعة الآن {now} من يوم {date} بتوقيت الموقع: اكتب الساعة التي قُرئ فيها الرقم',
    'provisional-before-date': 'هذا اليوم قبل يوم الرقم، وهو {date}: اكتب آخر يوم قد يتغير فيه الرقم',
    'provisional-past':
      'مضى هذا اليوم، فاليوم بتوقيت الموقع {today}: اكتب آخر يوم قد يتغير فيه الرقم، أو احذف هذا الحقل إن كان الرقم نهائيًا',
    'metric-unknown': 'ليس من أرقام هذا الموقع',
    'metric-derived': 'يُحسب من {of} ولا يُدخل: لتعديل المجموع نفسه أضف إلى remarks مادة من نوع restatement',
    'value-negative': 'يجب ألا يكون سالبًا: لتعديل المجموع نفسه أضف إلى remarks مادة من نوع restatement',
    'value-unreadable': {
      by: 'decimals',
      '=0': 'يجب أن يكون عددًا صحيحًا لا يقل عن {least}، أو null',
      ...decimalForms(
        (decimals) => `يجب أن يكون عددًا لا يقل عن {least}، ولا تزيد كسوره على ${decimals}، أو null`,
      ),
    },
    'value-decimals': {
      by: 'decimals',
      '=0': 'يجب أن يكون عددًا صحيحًا لا يقل عن {least}، أو null',
      ...decimalForms((decimals) => `يجب ألا تزيد كسوره على ${decimals}`),
    },
    'value-too-small': {
      by: 'least',
      '=0': 'يجب ألا يكون العدد سالبًا',
      ...sameForms('يجب ألا يقل عن {least}'),
    },
    'value-too-large': 'يجب ألا يزيد على {most}',
    'reason-required': 'لا بد من ذكر السبب، فالتعديل يغيّر أرقامًا منشورة، عددها {count}',
    'earlier-reading':
      '{metrics} ليوم {date}: توجد قراءة لساعة لاحقة وتبقى هي رقم اليوم، وتُحفظ هذه القراءة الأسبق في السجل',
    'nothing-changes': 'لن يتغير شيء: كل الأرقام هنا كما هي في الموقع',
    'figures-none': 'لا أرقام هنا: ليس تحت صف العناوين شيء، أو كل الخلايا فارغة',
    'cells-empty': 'الخلايا الخالية لا تغيّر شيئًا، وفي الموقع أرقام لبعضها، عددها {count}',
    'columns-ignored': 'أعمدة لا تُقرأ: {columns}',
    'columns-foreign': 'أعمدة لجهات أخرى، وقيمها كما في الموقع: {columns}',
    'totals-derived': 'يُعاد حساب المجاميع: {metrics}. في الملف قيمها السابقة منذ {date}',
    'cells-not-reported': 'خلايا تقول إن الرقم لم يُعلن، عددها {count}',
    'cells-taken-back': 'خلايا تسحب أرقامًا، عددها {count}',
    'header-read': 'قُرئت أسماء الأعمدة من الصفين {row} و{last}',
    'dates-read': 'قُرئت التواريخ على صورة {form}: «{cell}» هو {date}',
    'numbers-read': 'قُرئت الأعداد على صورة {form}',
    'numbers-rounded':
      'ربما قرّب برنامجٌ أعدادًا مثل 7.52E+02، عددها {count}، وأولها في الصف {row}، العمود {column}',
    'reason-needed': 'هذا التعديل يغيّر أرقامًا منشورة، عددها {count}، فلا بد من ذكر السبب عند إرساله',
    ...arFaultSentences,
    ...arProblemSentences,
  },
};
