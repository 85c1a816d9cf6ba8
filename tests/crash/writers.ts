import { setTimeout as sleep } from 'node:timers/promises';

/** One post of an item or a figure. Its mark identifies it in the ledger. */
export type Post = {
  readonly mark: string;
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly agency: string;
  readonly body: unknown;
  /** The answer that acknowledged the post; null until then. */
  answer: { readonly id: string; readonly version: number } | null;
};

/** Writers that post without pause. A post without an answer is sent again, with the same idempotency key. */
export type Writers = {
  readonly posts: readonly Post[];
  /** How many posts are acknowledged. */
  acknowledged(): number;
  /** Ends the writers, after the answers to their last posts. Until then they retry whenever the site is down. */
  stop(): Promise<void>;
};

type Site = { readonly url: string; readonly key: string; readonly today: string; readonly run: string };

/** Starts `count` writers. Even ones post items of every collection; odd ones change a figure of their own date. */
export function startWriters(count: number, site: Site): Writers {
  const posts: Post[] = [];
  let stopping = false;
  const writing = Array.from({ length: count }, async (_, writer) => {
    for (let n = 0; !stopping; n++) {
      const post = writer % 2 === 0 ? itemPost(site, writer, n) : figurePost(site, writer, n);
      posts.push(post);
      await sendUntilAnswered(site, post);
    }
  });
  return {
    posts,
    acknowledged: () => posts.filter((post) => post.answer !== null).length,
    async stop() {
      stopping = true;
      await Promise.all(writing);
    },
  };
}

const markOf = ({ run }: Site, writer: number, n: number): string =>
  `crash ${run} writer ${writer} post ${n}`;

const TEXT = { ar: 'نص', en: 'Text' };

/** The smallest valid content of each collection, with the given heading. */
const ITEMS: {
  readonly [collection: string]: (heading: typeof TEXT, date: string) => Readonly<Record<string, unknown>>;
} = {
  news: (title, date) => ({ title, body: TEXT, date }),
  decisions: (title, date) => ({ title, body: TEXT, date, issuer: TEXT }),
  faq: (question) => ({ question, answer: TEXT, topic: TEXT }),
  guidance: (title) => ({ title, body: TEXT, topic: TEXT }),
  plan: (title) => ({ title, order: 9, open: TEXT, closed: TEXT }),
  rumours: (claim, date) => ({ claim, verdict: TEXT, answer: TEXT, date }),
  contacts: (name) => ({ name, kind: 'other' }),
};

/** The collections that writers post to. */
export const COLLECTIONS = Object.keys(ITEMS);

function itemPost(site: Site, writer: number, n: number): Post {
  const mark = markOf(site, writer, n);
  const collection = COLLECTIONS[(writer + n) % COLLECTIONS.length] ?? 'news';
  return {
    mark,
    method: 'POST',
    path: `/api/v1/staff/${collection}`,
    agency: 'communication-centre',
    body: ITEMS[collection]?.({ ar: mark, en: mark }, site.today),
    answer: null,
  };
}

/**
 * The past date of a writer's figures. No other writer uses it, and no figure is within a month of it: the site would ask
 * about numbers that only count.
 */
const dateOf = (writer: number): string => `2022-${String(1 + (writer % 12)).padStart(2, '0')}-01`;

const figurePost = (site: Site, writer: number, n: number): Post => ({
  mark: markOf(site, writer, n),
  method: 'PUT',
  path: `/api/v1/staff/statistics/${dateOf(writer)}`,
  agency: 'health-ministry',
  body: { values: { new_cases: n + 1 }, reason: markOf(site, writer, n) },
  answer: null,
});

async function sendUntilAnswered({ url, key }: Site, post: Post): Promise<void> {
  for (;;) {
    try {
      const answer = await fetch(url + post.path, {
        method: post.method,
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
          'idempotency-key': post.mark.replaceAll(' ', '-'),
          'nashra-agency': post.agency,
        },
        body: JSON.stringify(post.body),
        signal: AbortSignal.timeout(30_000),
      });
      const body = await answer.text();
      if (answer.ok) {
        post.answer = JSON.parse(body);
        return;
      }
      if (answer.status < 500) throw new Refused(`${post.mark} was refused: ${answer.status} ${body}`);
    } catch (error) {
      if (error instanceof Refused) throw error;
      // The site died before a whole answer. The post is sent again, and must not count twice.
    }
    await sleep(50);
  }
}

class Refused extends Error {}
