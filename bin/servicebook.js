#!/usr/bin/env node
const [major, minor] = process.versions.node.split('.').map(Number);

/** What cannot start is told in a sentence; `undefined` then. A clone that was not compiled has no program yet. */
async function load() {
  if (major < 20 || (major === 20 && minor < 19)) {
    process.stderr.write(
      `servicebook 需要 Node.js 20.19 以上，這裡是 ${process.versions.node}；請安裝較新的 Node.js。\n` +
        `servicebook needs Node.js 20.19 or later, and this is ${process.versions.node}: install a newer one.\n`,
    );
    return undefined;
  }
  try {
    return await import('../dist/cli/main.js');
  } catch (error) {
    const { existsSync } = await import('node:fs');
    if (existsSync(new URL('../dist/cli/main.js', import.meta.url))) throw error;
    process.stderr.write(
      '這個資料夾裡的 servicebook 還沒有編譯，請先在其中執行 npm ci && npm run compile。\n' +
        'This copy of servicebook has not been compiled yet: run npm ci && npm run compile in its folder.\n',
    );
    return undefined;
  }
}

const program = await load();
// The global one: importing node:process opens every stream it has.
process.exitCode = program ? await program.main(process) : 2;
