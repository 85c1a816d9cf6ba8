import type { FieldName } from '../../worker/model/collections/registry.ts';
import { arSections } from './ar-sections.ts';

/** A sentence for each CLDR plural form of the language. `other` is always there. */
export type Plural = { readonly other: string } & { readonly [F in Intl.LDMLPluralRule]?: string };

/**
 * The Arabic strings of pages. Arabic is the default language, so every language must have these keys.
 * Keys name the place on the page. `{name}` is a placeholder for a value or an element.
 */
export const ar = {
  skip: 'الانتقال إلى المحتوى',
  languages: 'لغة الصفحة',
  sections: 'إلى الأقسام',
  untranslated: 'ب{language}',

  hotline: 'الخط الساخن',
  breaking: 'عاجل',
  'breaking.until': 'حتى {until}',
  'breaking.more': 'أخبار عاجلة أخرى',
  published: 'تاريخ النشر: {at}',
  'published.release': 'الإصدار {n}',

  figures: 'الأرقام',
  'figures.none': 'لم يُعلن أي رقم بعد. تظهر الأرقام هنا حين تنشرها الجهات.',
  'figures.source': 'المصدر: {agencies}.',
  'figures.missing': '«لم يُعلن» لا يعني صفرًا، بل إن الجهة لم تنشر الرقم.',
  'figures.all': 'كل البيانات',
  'figure.fewer': 'أقل بـ{n} من اليوم السابق',
  'figure.more': 'أكثر بـ{n} من اليوم السابق',
  'figure.lower': 'أدنى بـ{n} من اليوم السابق',
  'figure.higher': 'أعلى بـ{n} من اليوم السابق',
  'figure.pointsLower': {
    zero: 'أدنى بـ{n} نقطة مئوية من اليوم السابق',
    one: 'أدنى بنقطة مئوية واحدة من اليوم السابق',
    two: 'أدنى بنقطتين مئويتين من اليوم السابق',
    few: 'أدنى بـ{n} نقاط مئوية من اليوم السابق',
    many: 'أدنى بـ{n} نقطة مئوية من اليوم السابق',
    other: 'أدنى بـ{n} نقطة مئوية من اليوم السابق',
  },
  'figure.pointsHigher': {
    zero: 'أعلى بـ{n} نقطة مئوية من اليوم السابق',
    one: 'أعلى بنقطة مئوية واحدة من اليوم السابق',
    two: 'أعلى بنقطتين مئويتين من اليوم السابق',
    few: 'أعلى بـ{n} نقاط مئوية من اليوم السابق',
    many: 'أعلى بـ{n} نقطة مئوية من اليوم السابق',
    other: 'أعلى بـ{n} نقطة مئوية من اليوم السابق',
  },
  'figure.better': '{change}، وهذا أفضل',
  'figure.worse': '{change}، وهذا أسوأ',
  'figure.same': 'كما في اليوم السابق',
  'figure.none': 'لم يُعلن',
  'figure.age': {
    zero: 'اليوم',
    one: 'منذ يوم واحد',
    two: 'منذ يومين',
    few: 'منذ {n} أيام',
    many: 'منذ {n} يومًا',
    other: 'منذ {n} يوم',
  },
  'figures.old': {
    zero: 'أحدث الأرقام من اليوم.',
    one: 'مضى على أحدث الأرقام يوم واحد.',
    two: 'مضى على أحدث الأرقام يومان.',
    few: 'مضت على أحدث الأرقام {n} أيام.',
    many: 'مضى على أحدث الأرقام {n} يومًا.',
    other: 'مضى على أحدث الأرقام {n} يوم.',
  },
  'figure.last': 'آخر رقم: {n} في {date}',
  'figure.never': 'لم يُعلن أي رقم بعد.',
  'figure.total': '{label}: {n}',
  'total.unknown': '{label}: غير معروف منذ {date}، لأن الأرقام التي يُجمع منها لم تعد متسقة',
  'total.shifts': {
    zero: 'ولا تعديل غيره',
    one: 'وتعديل آخر',
    two: 'وتعديلان آخران',
    few: 'و{n} تعديلات أخرى',
    many: 'و{n} تعديلًا آخر',
    other: 'و{n} تعديل آخر',
  },
  'total.least': {
    zero: 'على الأقل',
    one: 'على الأقل: لم يُعلن رقم يوم واحد',
    two: 'على الأقل: لم يُعلن رقما يومين',
    few: 'على الأقل: لم تُعلن أرقام {n} أيام',
    many: 'على الأقل: لم تُعلن أرقام {n} يومًا',
    other: 'على الأقل: لم تُعلن أرقام {n} يوم',
  },
  'figure.average': 'متوسط سبعة أيام: {n}',
  'figure.corrected': 'صُحّح: كان {was} وصار {now}',

  'chart.down': 'أقل من الأسبوع السابق بنسبة {percent}',
  'chart.up': 'أكثر من الأسبوع السابق بنسبة {percent}',
  'chart.same': 'كما في الأسبوع السابق',
  'chart.average': 'المتوسط اليومي {now} في الأيام السبعة المنتهية في {date}.',
  'chart.averages':
    'المتوسط اليومي {now} في الأيام السبعة المنتهية في {date}، مقابل {before} في الأيام السبعة السابقة.',
  'chart.partial': {
    zero: 'لم يُعلن أي رقم في الأيام السبعة المنتهية في {date}، فلا متوسط لها.',
    one: 'أُعلن رقم يوم واحد من الأيام السبعة المنتهية في {date}، فلا متوسط لها.',
    two: 'أُعلن رقما يومين من الأيام السبعة المنتهية في {date}، فلا متوسط لها.',
    few: 'أُعلنت أرقام {n} أيام من الأيام السبعة المنتهية في {date}، فلا متوسط لها.',
    many: 'أُعلنت أرقام {n} يومًا من الأيام السبعة المنتهية في {date}، فلا متوسط لها.',
    other: 'أُعلنت أرقام {n} يوم من الأيام السبعة المنتهية في {date}، فلا متوسط لها.',
  },
  'chart.highest': 'أعلى عدد في يوم واحد {n}، سُجّل في {date}.',
  'chart.highestLevel': 'أعلى رقم {n}، سُجّل في {date}.',
  'chart.peak': 'الأعلى {n}',
  'chart.line': 'يمثل الخط متوسط سبعة أيام.',
  'chart.level': 'يصل الخط بين الأيام المتتالية.',
  'chart.band': 'يمتد النطاق من أدنى يوم إلى أعلى يوم في كل أسبوع.',
  'chart.dots': 'تمثل النقاط أيامًا لم تُعلن أرقام بعض الأيام المجاورة لها.',
  'chart.live': 'الخط الرفيع لكل يوم، والعريض لمتوسط سبعة أيام.',
  'chart.alt': '{metric}، رسم بياني من {from} إلى {to}. {key}',
  'chart.choose': 'الرقم المعروض',
  'chart.day': 'اليوم',
  'chart.reading': '{date}: {value}',
  'chart.reset': 'كل الأيام',

  table: 'الجدول: آخر الأيام ومجموع كل شهر',
  'table.days': 'آخر الأيام، الأحدث أولًا.',
  'table.months': 'مجموع كل شهر، الأحدث أولًا. «لم يُعلن» لا يعني صفرًا.',
  'table.least': '{n} على الأقل',
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
  'news.none': 'لا توجد أخبار حتى الآن. تظهر هنا حين تنشرها الجهات.',
  'withdrawn.news': 'سُحب هذا الخبر',
  'news.archive': 'الأخبار بحسب الشهر',
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
  'month.page': '{month}، الصفحة {n}',
  'item.published': 'تاريخ النشر: {at}',
  'item.updated': 'آخر تعديل: {at}',
  'item.sources': 'المصادر',
  'item.breaking': 'عاجل حتى {until}',

  contacts: 'أرقام تهمك',
  'contacts.answer': 'للاتصال عند الحاجة',

  'foot.about': 'عن هذه النشرة',
  'foot.by': 'تنشرها: {agencies}.',
  'foot.agencies': 'كل الجهات',
  'foot.license': 'ترخيص الأرقام: {license}.',
  'foot.privacy': 'لا نستخدم ملفات تعريف الارتباط، ولا نتتبعك، ولا نطلب بياناتك.',
  'foot.sections': 'الأقسام',
  'foot.home': 'الصفحة الرئيسية',
  'foot.data': 'للباحثين والمطورين',
  'foot.csv': 'كل الأرقام (CSV)',
  'foot.api': 'وصف واجهة البرمجة (OpenAPI)',

  'notFound.title': 'الصفحة غير موجودة',
  'notFound.text': 'تحقق من العنوان، أو ابدأ من الصفحة الرئيسية.',
  'unavailable.title': 'النشرة غير متاحة الآن',
  'unavailable.text': 'تعيد هذه الصفحة المحاولة تلقائيًا بعد ثوانٍ، ويمكنك إعادة تحميلها.',
  'plain.title': 'الصفحة غير متاحة الآن',
  'plain.text': 'تعذّر عرض هذه الصفحة بتنسيقها المعتاد. أُبلغ القائمون على الموقع.',
  'rest.list': 'لا تتسع هذه الصفحة للقائمة كلها.',
  'rest.all': 'القائمة كاملة (JSON)',
  'rest.text': 'لا تتسع هذه الصفحة للنص كله.',
  'rest.whole': 'النص كاملًا (JSON)',
  'withdrawn.when': 'تاريخ السحب: {at}.',
  'withdrawn.why': 'السبب: {reason}',

  ...arSections,
} as const satisfies { readonly [F in FieldName as `field.${F}`]: string } & {
  readonly [key: string]: string | Plural;
};

/** The strings that every language must have: the keys of Arabic, with a plural where Arabic has a plural. */
export type Strings = {
  readonly [K in keyof typeof ar]: (typeof ar)[K] extends string ? string : Plural;
};

/** A key of a plain sentence, and a key of a plural. */
export type SentenceKey = { [K in keyof Strings]: Strings[K] extends string ? K : never }[keyof Strings];
export type PluralKey = Exclude<keyof Strings, SentenceKey>;
