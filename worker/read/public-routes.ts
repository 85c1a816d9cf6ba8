import { brotliDecompressSync } from 'node:zlib';
import type { IRequest } from 'itty-router';
import { assets } from '../../dist/build.ts';
import type { ColdIndex } from '../pack/format.ts';
import type { Env } from '../platform/env.ts';
import { buildAsset, foundAt } from './build-asset.ts';
import { itemAddress, itemPart } from './item-page.ts';
import { joinedHead, joinedPage, type PlacedPart, parsePart } from './joined-page.ts';
import type { LoadedRelease } from './loaded-release.ts';
import { meantPath, movedTo, notFound } from './not-found.ts';
import { packs } from './packs.ts';
import type { ReadyDocument } from './ready-document.ts';
import { readRelease, releases } from './release.ts';
import { requestPath } from './request-path.ts';
import { unavailable } from './unavailable.ts';

/** A request on its way through the public routes: what the first of them found out, for those behind it. */
export type PublicRequest = IRequest & Request & { release: LoadedRelease; path: string; nowMs: number };

/** The answer if it is in memory: what nearly all requests get, before any router. Null leaves it to the routes. */
export function releasedAnswer(request: Request, env: Env, ctx: ExecutionContext): Response | null {
  const nowMs = Date.now();
  const release = releases.warm(env, ctx, nowMs);
  if (!release) return null;
  const path = requestPath(request.url);
  const ready = release.documents.get(path) ?? release.joined.get(path);
  if (!ready || (request.method !== 'GET' && request.method !== 'HEAD')) return null;
  return ready.notModified(request, nowMs) ?? ready.content(request, ready.bytes, nowMs);
}

/** Finds the release for the routes behind; 503 until there is one, and until the site is open. */
export async function withRelease(request: PublicRequest, env: Env, ctx: ExecutionContext) {
  request.nowMs = Date.now();
  request.path = requestPath(request.url);
  const release = await readRelease(env, ctx, request.nowMs);
  if (!release?.index.open) return unavailable(request.path, request.method, Math.random());
  request.release = release;
  return undefined;
}

/** A document of the release, for an isolate that had to wait for it. */
export function releasedDocument(request: PublicRequest): Response | undefined {
  const ready = request.release.documents.get(request.path);
  return ready && sent(request, ready);
}

/** A document, or an old page's part, in a pack of its own. What the release says of it is enough for 304 and HEAD. */
export async function packedDocument(request: PublicRequest, env: Env, ctx: ExecutionContext) {
  const { release, path, nowMs } = request;
  const cold = release.cold.get(path);
  if (!cold) return undefined;
  const { ready, key, packed } = cold;
  const short = withoutContent(request, ready);
  if (short) return short;
  const pack = await packs.read<ColdIndex>(env, ctx, { key, kind: 'cold' }, nowMs);
  if (!pack) return unavailable(path, request.method, Math.random());
  const bytes = pack.bytes.subarray(packed.at, packed.at + packed.length);
  if (packed.shell === undefined) return ready.content(request, bytes, nowMs);
  const read = () => parsePart(packed.encoding === 'br' ? brotliDecompressSync(bytes) : bytes);
  return joined(request, { language: packed.shell, etag: packed.etag, status: 200, read });
}

/** An item's permalink. What the indexes of release and pack say of it is enough for 304 and HEAD. */
export async function itemPermalink(request: PublicRequest, env: Env, ctx: ExecutionContext) {
  const { release, path, nowMs } = request;
  const address = itemAddress(release, path);
  if (!address) return undefined;
  const part = await itemPart(address, env, ctx, nowMs);
  if (part === 'missing') return undefined;
  if (part === 'unreadable') return unavailable(path, request.method, Math.random());
  const head = joinedHead(release, part);
  return head ? (withoutContent(request, head) ?? joined(request, part)) : undefined;
}

/** The way to the path that was meant, or 404. */
export function elsewhere(request: PublicRequest): Response {
  const { release, path, nowMs } = request;
  const meant = meantPath(release, path);
  return meant ? movedTo(release, meant) : notFound(release, path, request, nowMs);
}

/** A script or font of another build. */
export function assetOfThisBuild(request: Request): Response | undefined {
  const path = buildAsset(assets, requestPath(request.url));
  return path ? foundAt(path) : undefined;
}

/** Sends a page, joined for this request, and keeps it for those after it. */
function joined(request: PublicRequest, part: PlacedPart): Response | undefined {
  const { release, path, nowMs } = request;
  const page = joinedPage(release, part);
  if (!page) return undefined;
  release.joined.set(path, page, page.bytes?.length ?? 0);
  return page.content(request, page.bytes, nowMs);
}

/** The answer to whoever has the content or does not ask for it; null for everybody else. */
const withoutContent = (request: PublicRequest, ready: ReadyDocument): Response | null =>
  ready.notModified(request, request.nowMs) ??
  (request.method === 'HEAD' ? ready.content(request, null, request.nowMs) : null);

const sent = (request: PublicRequest, ready: ReadyDocument): Response =>
  ready.notModified(request, request.nowMs) ?? ready.content(request, ready.bytes, request.nowMs);
