#!/usr/bin/env node
import { listenForInterrupts } from "./io/interrupts.js";

// First of all, and before the rest is read: an interrupt must never find a program that does not listen.
const interrupts = listenForInterrupts();
const { main } = await import("./commands/program.js");
process.exitCode = await main(process.argv, interrupts);
