import { beforeAll, expect, it } from 'vitest';
import { newsroomKv } from '../main.ts';
import { get, pacedStaff, setUpSite, staff } from '../staff-client.ts';
import '../fresh-site.ts';

beforeAll(() => setUpSite());

it('today’s figure takes at most four KV writes, and leaves the files of past years as they are', async () => {
  const lines = ['2020', '2021', '2022', '2023'].flatMap((year) =>
    Array.from(
      { length: 60 },
      (_, i) => `${year}-0${1 + Math.floor(i / 28)}-${String(1 + (i % 28)).padStart(2, '0')},${i}`,
    ),
  );
  const csv = ['date,new_cases', ...lines.filter((line) => line > '2020-02-24'), ''].join('\n');
  expect((await staff('POST', 'import', { body: { figures: csv } })).status).toBe(201);
  const etag = async (path: string) => {
    const { status, headers } = await get(path);
    expect(status, path).toBe(200);
    return headers.get('ETag');
  };
  const paths = [
    '/api/v1/statistics/years/2021.json',
    '/data/statistics/2022.csv',
    '/api/v1/statistics/metrics/new_cases.json',
  ];
  const before = await Promise.all(paths.map(etag));
  const puts = () => newsroomKv().calls.filter(({ on }) => on === 'put').length;
  const putsBefore = puts();
  const put = await pacedStaff('PUT', 'statistics/2023-04-01', {
    body: { values: { new_cases: 7, critical: 3 } },
  });
  expect(put.status).toBe(200);
  expect(puts() - putsBefore).toBeLessThanOrEqual(4);
  const [year, csvOfYear, metric] = await Promise.all(paths.map(etag));
  expect([year, csvOfYear]).toEqual(before.slice(0, 2));
  expect(metric).not.toBe(before[2]);
  const { dates, metrics } = (await get('/api/v1/statistics/years/2023.json')).body;
  expect(dates.at(-1)).toBe('2023-04-01');
  expect(metrics.critical.at(-1)).toBe(3);
  expect((await get('/api/v1/statistics/years/2019.json')).status).toBe(404);
});
