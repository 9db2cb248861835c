#!/usr/bin/env node
import { main } from '../dist/cli.js';

// The global one: importing node:process opens every stream it has.
process.exitCode = await main(process);
