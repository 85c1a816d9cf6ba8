import { brotliDecompressSync } from 'node:zlib';
import { assets } from '../../dist/build.ts';
import { STAFF_PATH } from '../model/staff/calls.ts';
import type { ColdIndex } from '../pack/format.ts';
import type { Env } from '../platform/env.ts';
import { buildAsset, redirectToAsset } from './build-asset.ts';
import {
  type ItemAddress,
  type ItemInPack,
  isUnrendered,
  itemAddress,
  itemPart,
  packedItem,
} from './item-page.ts';
import { itemRepresentation, type Representation } from './item-representation.ts';
import { joinedHead, joinedPage, type PlacedPart, parsePart } from './joined-page.ts';
import type { LoadedRelease } from './loaded-release.ts';
import { answerOtherMethods } from './methods.ts';
import { notFound, redirectOrNotFound } from './not-found.ts';
import { packs } from './packs.ts';
import { ReadyDocument } from './ready-document.ts';
import { readRelease, releases } from './release.ts';
import { isNormalized, requestPath } from './request-path.ts';
import type { PublicRequest, RoutedRequest } from './routed-request.ts';
import { unavailable } from './unavailable.ts';

/**
 * Answers from memory, before any router: this is enough for nearly all requests. Null leaves the request to the
 * routes, which would give the same answers.
 */
export function answerAtOnce(request: Request, env: Env, ctx: ExecutionContext): Response | null {
  const nowMs = Date.now();
  const release = releases.warm(env, ctx, nowMs);
  const path = requestPath(request.url);
  const { method } = request;
  const isReading = method === 'GET' || method === 'HEAD';
  const ready = isReading ? release?.ready(path) : undefined;
  if (ready) return ready.answer(request, nowMs);
  // The rest is for public paths only. The router parses the URL, so it must see each path that a parser changes.
  if (path.startsWith(STAFF_PATH) || !isNormalized(request.url, path)) return null;
  if (!isReading) return answerOtherMethods({ method }) ?? null;
  const asset = assetRedirect({ path });
  if (asset) return asset;
  return release?.index.open
    ? (answerFromRelease({ release, original: request, path, nowMs }) ?? null)
    : null;
}

/** Adds the current release to a request and passes it to `routes`; 503 while there is no release of an open site. */
export const withRelease =
  (routes: (request: PublicRequest) => Promise<Response>) =>
  async (request: RoutedRequest): Promise<Response> => {
    const release = await readRelease(request.env, request.ctx, request.nowMs);
    return release?.index.open ? routes({ ...request, release }) : unavailableFor(request, release);
  };

/**
 * Answers that need only the release in memory: its documents, answers built before, 304 and HEAD of documents in cold
 * packs, 308, 404, and 503 of a document that could never be rendered. Undefined if the answer needs a pack.
 */
export function answerFromRelease({
  release,
  original,
  path,
  nowMs,
}: Pick<PublicRequest, 'release' | 'original' | 'path' | 'nowMs'>): Response | undefined {
  const ready = release.ready(path);
  if (ready) return ready.answer(original, nowMs);
  const cold = release.cold.get(path);
  if (cold) return answerWithoutContent(original, cold.ready, nowMs);
  if (release.unrendered.has(path))
    return unavailable({ path, method: original.method }, Math.random(), release);
  return itemAddress(release, path) ? undefined : redirectOrNotFound(release, path).answer(original, nowMs);
}

/** Answers with a document, or with an older page's part, from a cold pack; undefined for other paths. */
export async function answerFromColdPack(request: PublicRequest): Promise<Response | undefined> {
  const { release, path, nowMs, env, ctx } = request;
  const cold = release.cold.get(path);
  if (!cold) return undefined;
  const { key, packed } = cold;
  const pack = await packs.read<ColdIndex>(env, ctx, { key, kind: 'cold' }, nowMs);
  if (!pack) return unavailableFor(request, release);
  const bytes = pack.bytes.subarray(packed.at, packed.at + packed.length);
  if (packed.shell !== undefined) {
    const read = () => parsePart(packed.encoding === 'br' ? brotliDecompressSync(bytes) : bytes);
    const { shell: language, etag, modified } = packed;
    return answerJoined(request, { language, etag, status: 200, modified, read });
  }
  const copy = bytes.slice(); // so that memory can drop the pack
  return keepAndAnswer(request, new ReadyDocument(packed, release.head, copy));
}

/** Answers with an item's page or representation; undefined if there is none. 304 and HEAD need only the indexes. */
export async function answerFromItemPack(request: PublicRequest): Promise<Response | undefined> {
  const { release, path, nowMs, env, ctx } = request;
  const address = itemAddress(release, path);
  if (!address) return undefined;
  const packed = await packedItem(address, env, ctx, nowMs);
  if (packed === 'unreadable') return unavailableFor(request, release);
  const answer = packed === 'missing' ? undefined : answerItem(request, packed, address);
  if (!answer) release.keep(path, notFound(release, path), 0); // at most one for each id
  return answer;
}

function answerItem(request: PublicRequest, item: ItemInPack, address: ItemAddress): Response | undefined {
  if (isUnrendered(item, address)) return unavailableFor(request, request.release);
  return address.representation === null
    ? answerPermalink(request, itemPart(item, address))
    : answerRepresentation(request, itemRepresentation(item, address));
}

function answerPermalink(request: PublicRequest, part: PlacedPart | null): Response | undefined {
  const head = part && joinedHead(request.release, part);
  return head
    ? (answerWithoutContent(request.original, head, request.nowMs) ?? answerJoined(request, part))
    : undefined;
}

function answerRepresentation(
  request: PublicRequest,
  representation: Representation | null,
): Response | undefined {
  if (!representation) return undefined;
  const { metadata, bytes, isFirst } = representation;
  return keepAndAnswer(request, new ReadyDocument(metadata, request.release.head, bytes), isFirst);
}

/** 404. */
export const answerNotFound = ({ release, original, path, nowMs }: PublicRequest): Response =>
  notFound(release, path).answer(original, nowMs);

/** Redirects from another build's script or font to this build's; undefined for other paths. */
export function assetRedirect({ path }: { readonly path: string }): Response | undefined {
  const assetPath = path.startsWith('/assets/') ? buildAsset(assets, path) : null;
  return assetPath === null ? undefined : redirectToAsset(assetPath);
}

/** Joins a page, sends it and caches it for later requests; undefined if the release does not have its shell. */
function answerJoined(request: PublicRequest, part: PlacedPart): Response | undefined {
  const joined = joinedPage(request.release, part);
  return joined ? keepAndAnswer(request, joined.page, joined.isFirst) : undefined;
}

/** @param isFirst whether the answer is not worth keeping, because the next one is compressed better */
function keepAndAnswer(
  { release, original, path, nowMs }: PublicRequest,
  ready: ReadyDocument,
  isFirst = false,
): Response {
  if (!isFirst) release.keep(path, ready, ready.bytes?.length ?? 0);
  return ready.answer(original, nowMs);
}

/**
 * The answer to HEAD, or to a client that already has the content or asks for another version; undefined if the answer
 * needs the content.
 */
const answerWithoutContent = (request: Request, ready: ReadyDocument, nowMs: number): Response | undefined =>
  ready.withoutContent(request, nowMs) ??
  (request.method === 'HEAD' ? ready.content(request, null, nowMs) : undefined);

const unavailableFor = (request: RoutedRequest, release: LoadedRelease | null): Response =>
  unavailable(request, Math.random(), release);
