// npm install must never download a browser: the embedded Chromium comes from npm (see src/print/browser.ts).
module.exports = { skipDownload: true };
