import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';

/** The name of the user with a uid, or of this user if it is null. The uid as text if the system has no name for it. */
export function userName(uid: number | null): string {
  if (uid === null || uid === process.getuid?.()) {
    try {
      return userInfo().username;
    } catch {
      return String(uid); // a container may run as a uid that has no user
    }
  }
  try {
    // name:password:number:…, https://man7.org/linux/man-pages/man5/passwd.5.html
    const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
    return (
      lines.map((line) => line.split(':')).find((fields) => fields[2] === String(uid))?.[0] ?? String(uid)
    );
  } catch {
    return String(uid);
  }
}
