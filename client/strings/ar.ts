import { arSections } from './ar-sections.ts';

/** A sentence for each plural form of CLDR that its language has; `other` always. */
export type Plural = { readonly other: string } & { readonly [F in Intl.LDMLPluralRule]?: string };

/**
 * What pages say, in Arabic: the default language, so these keys are the ones every language must have.
 * Keys by place; `{name}` is where a value or an element goes.
 */
export const ar = {
  skip: 'إلى المحتوى',
  languages: 'لغة الصفحة',
  sections: 'إلى الأقسام',
  untranslated: 'ب{language}',

  hotline: 'الخط الساخن',
  breaking: 'عاجل',
  'breaking.until': 'حتى {until}',
  published: 'نُشرت {at}',
  'published.release': 'الإصدار {n}',

  figures: 'الأرقام',
  'figures.none': 'لم يُعلن أي رقم بعد. تظهر الأرقام هنا حين تنشرها الجهات.',
  'figures.source': 'المصدر: {agencies}.',
  'figures.missing': '«لم يُعلن» لا يعني صفرًا: الجهة لم تنشر الرقم بعد.',
  'figures.all': 'كل البيانات',
  'figure.fewer': 'أقل بـ{n} من اليوم السابق',
  'figure.more': 'أكثر بـ{n} من اليوم السابق',
  'figure.same': 'كما في اليوم السابق',
  'figure.none': 'لم يُعلن',
  'figure.last': 'آخر رقم {n} في {date}',
  'figure.never': 'لم يُعلن أي رقم بعد.',
  'figure.total': '{label} {n}',
  'figure.average': 'متوسط سبعة أيام {n}',
  'figure.corrected': 'صُحّح: كان {was} وصار {now}',

  'chart.down': 'أقل بنسبة {percent} من الأسبوع السابق',
  'chart.up': 'أكثر بنسبة {percent} من الأسبوع السابق',
  'chart.same': 'كما في الأسبوع السابق',
  'chart.average': 'متوسط الأيام السبعة الأخيرة {now} في اليوم، وكان {before} قبل أسبوع.',
  'chart.highest': 'وأعلى يوم {n} في {date}.',
  'chart.peak': 'الأعلى {n}',
  'chart.span': 'من {from} إلى {to}',
  'chart.key': 'الخط متوسط سبعة أيام، والنطاق من أدنى يوم إلى أعلى يوم في كل أسبوع.',
  'chart.live': 'الخط الرفيع كل يوم، والعريض متوسط سبعة أيام.',
  'chart.alt': '{metric}، رسم بياني من {from} إلى {to}. {key}',
  'chart.choose': 'الرقم المعروض',
  'chart.day': 'اليوم',
  'chart.reading': '{date}: {value}',
  'chart.reset': 'كل الأيام',

  table: 'الجدول: آخر الأيام ومجموع كل شهر',
  'table.days': 'آخر الأيام، الأحدث أولًا.',
  'table.months': 'مجموع كل شهر، الأحدث أولًا. «لم يُعلن» لا يعني صفرًا.',
  'table.day': 'اليوم',
  'table.month': 'الشهر',
  'table.part': {
    zero: '{month} (بلا أيام)',
    one: '{month} (يوم واحد)',
    two: '{month} (يومان)',
    few: '{month} ({n} أيام)',
    many: '{month} ({n} يومًا)',
    other: '{month} ({n} يوم)',
  },

  news: 'الأخبار',
  'news.latest': 'آخرها {date}',
  'news.all': 'كل الأخبار',
  'news.none': 'لا أخبار بعد. تظهر الأخبار هنا حين تنشرها الجهات.',
  'news.archive': 'الأخبار شهرًا بشهر',
  'news.month': 'أخبار {month}',
  'news.newer': 'أحدث: {month}',
  'news.older': 'أقدم: {month}',
  'news.count': {
    zero: 'لا أخبار',
    one: 'خبر واحد',
    two: 'خبران',
    few: '{n} أخبار',
    many: '{n} خبرًا',
    other: '{n} خبر',
  },
  'item.published': 'نُشر {at}',
  'item.updated': 'عُدّل {at}',
  'item.sources': 'المصادر',
  'item.breaking': 'عاجل حتى {until}',

  contacts: 'أرقام تهمك',
  'contacts.answer': 'بمن تتصل',

  'foot.about': 'عن هذه النشرة',
  'foot.by': 'تنشرها: {agencies}.',
  'foot.license': 'ترخيص الأرقام: {license}.',
  'foot.privacy': 'لا ملفات ارتباط ولا تتبع، ولا نطلب بياناتك.',
  'foot.sections': 'الأقسام',
  'foot.home': 'الصفحة الرئيسية',
  'foot.data': 'للباحثين والمطورين',
  'foot.csv': 'كل الأرقام (CSV)',
  'foot.api': 'وصف الواجهة (OpenAPI)',

  'notFound.title': 'الصفحة غير موجودة',
  'notFound.text': 'لا شيء في هذا العنوان. تحقق منه، أو ابدأ من الصفحة الرئيسية.',
  'withdrawn.news': 'سُحب هذا الخبر',
  'withdrawn.decisions': 'سُحب هذا القرار',
  'withdrawn.rumours': 'سُحبت هذه المادة',
  'withdrawn.when': 'سُحب {at}.',
  'withdrawn.why': 'السبب: {reason}',

  ...arSections,
} as const;

/** What every language must say: the keys of Arabic, a plural where Arabic has one. */
export type Strings = {
  readonly [K in keyof typeof ar]: (typeof ar)[K] extends string ? string : Plural;
};

/** A key of a plain sentence, and one of a plural. */
export type SentenceKey = { [K in keyof Strings]: Strings[K] extends string ? K : never }[keyof Strings];
export type PluralKey = Exclude<keyof Strings, SentenceKey>;
