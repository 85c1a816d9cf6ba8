import { brotliDecompressSync } from 'node:zlib';
import { assets } from '../../dist/build.ts';
import { STAFF_PATH } from '../model/staff/calls.ts';
import type { ColdIndex } from '../pack/format.ts';
import type { Env } from '../platform/env.ts';
import { buildAsset, foundAt } from './build-asset.ts';
import { itemAddress, itemPart, packedItem } from './item-page.ts';
import { itemRepresentation, type Representation } from './item-representation.ts';
import { joinedHead, joinedPage, type PlacedPart, parsePart } from './joined-page.ts';
import type { LoadedRelease } from './loaded-release.ts';
import { onlyReading } from './methods.ts';
import { elsewhere, notFound } from './not-found.ts';
import { packs } from './packs.ts';
import { ReadyDocument } from './ready-document.ts';
import { readRelease, releases } from './release.ts';
import { isAsSent, requestPath } from './request-path.ts';
import type { PublicRequest, RoutedRequest } from './routed-request.ts';
import { unavailable } from './unavailable.ts';

/**
 * The answer if memory has it: what nearly all requests get, before any router. Null leaves it to the routes, whose
 * answer is the same.
 */
export function answerAtOnce(request: Request, env: Env, ctx: ExecutionContext): Response | null {
  const nowMs = Date.now();
  const release = releases.warm(env, ctx, nowMs);
  const path = requestPath(request.url);
  const { method } = request;
  const isReading = method === 'GET' || method === 'HEAD';
  const ready = isReading ? release?.ready(path) : undefined;
  if (ready) return ready.answer(request, nowMs);
  // What follows is for the public alone, and must not take for its own what the router would find to be another path.
  if (path.startsWith(STAFF_PATH) || !isAsSent(request.url, path)) return null;
  if (!isReading) return onlyReading({ method }) ?? null;
  const asset = assetOfThisBuild({ path });
  if (asset) return asset;
  return release?.index.open ? (inMemory({ release, original: request, path, nowMs }) ?? null) : null;
}

/** Hands a request on to the routes of a release; 503 until there is one, and until the site is open. */
export const withRelease =
  (routes: (request: PublicRequest) => Promise<Response>) =>
  async (request: RoutedRequest): Promise<Response> => {
    const release = await readRelease(request.env, request.ctx, request.nowMs);
    return release?.index.open ? routes({ ...request, release }) : unavailableFor(request, release);
  };

/**
 * What the release and its indexes are enough for: documents, whatever was read before, 304 and HEAD of what lies in a
 * pack, 308 and 404.
 */
export function inMemory({
  release,
  original,
  path,
  nowMs,
}: Pick<PublicRequest, 'release' | 'original' | 'path' | 'nowMs'>): Response | undefined {
  const ready = release.ready(path);
  if (ready) return ready.answer(original, nowMs);
  const cold = release.cold.get(path);
  if (cold) return withoutContent(original, cold.ready, nowMs);
  return itemAddress(release, path) ? undefined : elsewhere(release, path).answer(original, nowMs);
}

/** A document, or an old page's part, in a pack of its own. */
export async function packedDocument(request: PublicRequest): Promise<Response | undefined> {
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
    return joined(request, { language, etag, status: 200, modified, read });
  }
  return kept(request, new ReadyDocument(packed, release.head, bytes.slice())); // so that the pack itself may go
}

/** An item's page, or what it has beside it. What the indexes of release and pack say is enough for 304 and HEAD. */
export async function ofItem(request: PublicRequest): Promise<Response | undefined> {
  const { release, path, nowMs, env, ctx } = request;
  const address = itemAddress(release, path);
  if (!address) return undefined;
  const packed = await packedItem(address, env, ctx, nowMs);
  if (packed === 'unreadable') return unavailableFor(request, release);
  const found =
    packed === 'missing'
      ? undefined
      : address.representation === null
        ? permalink(request, itemPart(packed, address))
        : representation(request, itemRepresentation(packed, address));
  if (!found) release.keep(path, notFound(release, path), 0); // as many as there are ids
  return found;
}

function permalink(request: PublicRequest, part: PlacedPart | null): Response | undefined {
  const head = part && joinedHead(request.release, part);
  return head ? (withoutContent(request.original, head, request.nowMs) ?? joined(request, part)) : undefined;
}

function representation(request: PublicRequest, found: Representation | null): Response | undefined {
  if (!found) return undefined;
  const { sent, bytes } = found;
  return kept(request, new ReadyDocument(sent, request.release.head, bytes));
}

/** 404. */
export const nothingThere = ({ release, original, path, nowMs }: PublicRequest): Response =>
  notFound(release, path).answer(original, nowMs);

/** A script or font of another build. */
export function assetOfThisBuild({ path }: { readonly path: string }): Response | undefined {
  const file = path.startsWith('/assets/') ? buildAsset(assets, path) : null;
  return file === null ? undefined : foundAt(file);
}

/** Sends a page that is joined for this request, and keeps it for those after it. */
function joined(request: PublicRequest, part: PlacedPart): Response | undefined {
  const page = joinedPage(request.release, part);
  return page ? kept(request, page) : undefined;
}

function kept({ release, original, path, nowMs }: PublicRequest, ready: ReadyDocument): Response {
  release.keep(path, ready, ready.bytes?.length ?? 0);
  return ready.answer(original, nowMs);
}

/** The answer to whoever has the content or does not ask for it; undefined for everybody else. */
const withoutContent = (request: Request, ready: ReadyDocument, nowMs: number): Response | undefined =>
  ready.notModified(request, nowMs) ??
  (request.method === 'HEAD' ? ready.content(request, null, nowMs) : undefined);

const unavailableFor = (request: RoutedRequest, release: LoadedRelease | null): Response =>
  unavailable(request, Math.random(), release);
