import { expect, it } from 'vitest';
import { isSecureAddress } from '../../../worker/model/staff/secure-address.ts';

it.each([
  'https://bulletin.example',
  'https://bulletin.example/api/v1/staff/status?before=3',
  'HTTPS://BULLETIN.EXAMPLE/',
  'http://localhost:8787',
  'http://LOCALHOST/',
  'http://127.0.0.1:8787/api',
  'http://127.1/',
  'http://[::1]:8787/',
  'http://[0:0:0:0:0:0:0:1]/',
])('lets a key go to %s', (address) => {
  expect(isSecureAddress(address)).toBe(true);
});

it.each([
  'http://bulletin.example',
  'http://bulletin.example:443/',
  'http://localhost.bulletin.example/',
  'http://localhost@bulletin.example/',
  'http://bulletin.example/?https://localhost',
  'http://127.0.0.1.example/',
  'http://192.168.0.2/',
  'http://0.0.0.0/',
  'http://[::2]/',
  'ftp://localhost/',
  'ws://localhost/',
  'bulletin.example',
  'http://',
  '',
])('lets no key go to %j', (address) => {
  expect(isSecureAddress(address)).toBe(false);
});
