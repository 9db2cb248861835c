// The menu of the portable archive, in both languages: check, print, preview. It stands in the archive's `program/`, and
// the office's content lies in `content/` beside it, or does not exist yet.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const HOME = join(import.meta.dirname, '..');
const PROGRAM = join(import.meta.dirname, 'node_modules/servicebook/bin/servicebook.js');
const say = (text) => process.stdout.write(`${text}\n`);

const CHOICES = {
  1: { zh: '檢查內容', en: 'check the content', args: ['lint'] },
  2: { zh: '編印全部（在 out 資料夾）', en: 'print everything (into the folder out)', args: ['build'] },
  3: { zh: '預覽（按 Ctrl-C 結束）', en: 'preview (Ctrl-C ends it)', args: ['preview'] },
};
const EXAMPLE = { zh: '建立一份範例內容', en: 'make an example to begin with', args: ['init', 'content'] };

const choices = () => new Map(Object.entries(existsSync(join(HOME, 'content')) ? CHOICES : { 1: EXAMPLE }));

/** Runs the program in the folder of the archive, and waits for it. */
function run(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [PROGRAM, ...args], { cwd: HOME, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('close', resolve);
  });
}

function ask() {
  say('\n服務手冊 servicebook');
  for (const [key, { zh, en }] of choices()) say(`  ${key}  ${zh} ${en}`);
  say('  q  結束 quit');
  process.stdout.write('請輸入數字後按 Enter：\nType a number and press Enter: ');
}

// Ctrl-C ends what runs, not the menu.
process.on('SIGINT', () => undefined);
const lines = createInterface({ input: process.stdin });
ask();
for await (const line of lines) {
  // A Chinese keyboard may type them in full width.
  const typed = line.normalize('NFKC').trim().toLowerCase();
  if (typed === 'q') break;
  const chosen = choices().get(typed);
  if (chosen) await run(chosen.args);
  else if (typed !== '') say(`沒有「${typed}」這一項。There is no "${typed}".`);
  ask();
}
lines.close();
