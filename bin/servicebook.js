#!/usr/bin/env node
const load = () => import('../dist/cli.js');

/** A clone that was not compiled has no program yet; whatever else is missing is told as it is. */
async function whyNot(error) {
  const { existsSync } = await import('node:fs');
  if (existsSync(new URL('../dist/cli.js', import.meta.url))) throw error;
  process.stderr.write(
    '這個資料夾裡的 servicebook 還沒有編譯，請先在其中執行 npm ci && npm run compile。\n' +
      'This copy of servicebook has not been compiled yet: run npm ci && npm run compile in its folder.\n',
  );
}

const program = await load().catch(whyNot);
// The global one: importing node:process opens every stream it has.
process.exitCode = program ? await program.main(process) : 2;
