// The connection to the engine, which answers one message at a time. While it is idle, it prepares what may be requested next,
// in steps so short that a real request hardly has to wait.

import * as body from "./body.mjs";

const PAUSE = 60; // ms without a question, before a step
let waiting = 0; // questions without an answer so far
let steps = [];
let timer = 0;

/** Sends a message. `onProgress(done, total)` is called with bytes while a large capture is read. */
export const ask = (message, onProgress) => answered(body.ask(message, onProgress));

export const open = (files, onProgress) => answered(body.open(files, onProgress));

export const openGiven = (onProgress) => answered(body.openGiven(onProgress));

/** Messages to send one by one, whenever nobody waits; they take the place of earlier ones. */
export function prepare(messages) {
  steps = messages;
  later();
}

/** Ends whatever runs. */
export function cancel() {
  steps = [];
  body.cancel();
}

async function answered(answer) {
  waiting++;
  clearTimeout(timer);
  try {
    return await answer;
  } finally {
    waiting--;
    later();
  }
}

function later() {
  clearTimeout(timer);
  if (waiting || !steps.length) return;
  timer = setTimeout(() => ask(steps.shift()).catch(() => {}), PAUSE);
}
