// Keeps the board true: looks again at every hint, by itself when hints stay away, and says plainly when it cannot.
"use strict";

const POLL_MS = 2000;        // without a stream
const CHECK_MS = 5000;       // with one: a cable that was pulled closes nothing
const AWAY_MS = 10000;       // so long without an answer, and the board says so
const LONG_AWAY_MS = 300000; // then how many wait is no longer told
const LATE_MS = 120000;      // a call this old is nobody's any more
const LISTED = 5;

const $ = (id) => document.getElementById(id);
const board = $("board");
const voice = new Voice(board.dataset.voice);
const said = new Map();      // in which order calls were heard of; 0 for those of before
let offset = 0;              // server's clock minus ours
let answeredAt = 0;          // by our own steady clock
let updated = null;
let asking = false;
let again = false;
let head = -1;
let shown = "";

async function look() {
  if (asking) { again = true; return; }
  asking = true;
  do {
    again = false;
    try {
      const answer = await fetch(board.dataset.state, {cache: "no-store", signal: AbortSignal.timeout(4000)});
      if (!answer.ok) throw new Error(answer.status);
      show(await answer.json());
    } catch { await pause(500); }
  } while (again);
  asking = false;
  age();
}

function show(state) {
  offset = state.server_time - Date.now();
  if (updated === null) tick();
  answeredAt = performance.now();
  updated = state.server_time;
  announce(state);
  head = state.head;
  const now = JSON.stringify({...state, server_time: 0});
  if (now === shown) return;
  shown = now;
  const calls = state.calls.filter((call) => !call.missed).sort(newestFirst);
  replace($("now"), calls.length ? bigCall(calls[0]) : [element("span", "idle", "请留意叫号")]);
  replace($("list"), calls.slice(1, 1 + LISTED).map(listed));
  replace($("queues"), [...state.businesses].sort((a, b) => b.waiting - a.waiting).map(queue));
  $("missed").hidden = !state.missed.length;
  replace($("missed-numbers"), state.missed.slice(-4).map((number) => element("span", "", number)));
  pauses(state.pauses);
  const ticker = $("ticker");
  ticker.textContent = state.notice || ticker.dataset.own;
  document.dispatchEvent(new CustomEvent("board-shown", {detail: {head}}));
}

// A call and every repetition of it is said once; what was called before the board came on, or long ago, is not.
function announce(state) {
  const first = head < 0;
  for (const call of [...state.calls].reverse()) {
    const key = keyOf(call);
    if (said.has(key)) continue;
    const late = first || (call.times === 1 && call.called_ms < state.server_time - LATE_MS);
    said.set(key, late ? 0 : said.size + 1);
    if (!late && !call.missed) voice.say({key, number: call.number, window: call.window});
  }
  voice.keep(new Set(state.calls.map(keyOf)));
}

const keyOf = (call) => `${call.id}/${call.called_ms}/${call.times}`;
const newestFirst = (a, b) => said.get(keyOf(b)) - said.get(keyOf(a)) || b.called_ms - a.called_ms;

function bigCall(call) {
  return [element("span", "", "请"), ticket(call.number), element("span", "", "号"), element("span", "", "到"),
          element("span", "win", call.window), element("span", "", "号窗口")];
}

function listed(call) {
  const business = element("span", "biz");
  business.append(element("span", "", "号窗口"), element("em", "", call.business));
  const arrow = element("span", "ar", "→");
  arrow.setAttribute("aria-hidden", "true");
  const row = element("li");
  row.append(ticket(call.number), arrow, element("span", "win", call.window), business);
  return row;
}

function queue(business) {
  const name = element("div", business.name.length > 8 ? "nm long" : "nm", business.name);
  name.append(element("small", "", business.places + " 窗口"));
  const eta = element("div", "eta");
  if (business.eta_minutes !== null) eta.append("约 ", element("b", "", business.eta_minutes), " 分");
  const count = element("div", "ct");
  count.append(element("b", "", business.waiting), " 人");
  const row = element("li");
  row.append(name, count, eta);
  return row;
}

function pauses(paused) {
  $("notice").hidden = !paused.length;
  if (!paused.length) return;
  const [one] = paused;
  $("notice-title").textContent = paused.map((each) => each.window).join("、") + " 号窗口暂停";
  const instead = one.places ? `，${one.business}请到 ${one.places} 窗口` : "";
  $("notice-text").textContent = paused.length > 1 ? "请留意其他窗口叫号" : `${clock(one.until_ms)} 恢复${instead}`;
}

function ticket(number) {
  const shown = element("span", number.length > 5 ? "no long" : "no");
  shown.append(element("i", "", number.slice(0, 1)), number.slice(1));
  return shown;
}

function element(tag, kind = "", text = "") {
  const made = document.createElement(tag);
  if (kind) made.className = kind;
  made.textContent = text;
  return made;
}

function replace(parent, children) { parent.replaceChildren(...children); }

function age() {
  const silent = performance.now() - answeredAt;
  const away = updated !== null && silent > AWAY_MS;
  document.body.classList.toggle("away", away);
  document.body.classList.toggle("long-away", updated !== null && silent > LONG_AWAY_MS);
  $("stale").hidden = !away;
  if (away) $("updated").textContent = clock(updated);
}

// The server's time in China, whatever this machine believes about zones.
const china = (ms) => new Date(ms + 8 * 3600000);
const two = (number) => String(number).padStart(2, "0");
const clock = (ms) => `${two(china(ms).getUTCHours())}:${two(china(ms).getUTCMinutes())}`;

function tick() {
  const now = Date.now() + offset;
  const day = china(now);
  $("clock").textContent = clock(now);
  $("date").textContent = `${day.getUTCMonth() + 1}月${day.getUTCDate()}日`;
  $("week").textContent = `星期${"日一二三四五六"[day.getUTCDay()]}`;
  $("sound").hidden = !voice.silent;
  age();
}

function listen() {
  let stream = open();
  setInterval(() => {
    const every = stream.readyState === EventSource.OPEN ? CHECK_MS : POLL_MS;
    if (performance.now() - answeredAt > every) look();
    if (stream.readyState === EventSource.CLOSED) stream = open();
  }, 1000);
}

function open() {
  const stream = new EventSource(board.dataset.stream);
  stream.onmessage = (hint) => { if (JSON.parse(hint.data).head !== head) look(); };
  stream.onopen = stream.onerror = look;
  return stream;
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

$("sound").addEventListener("click", () => voice.wake());
voice.load().catch(() => {});
look();
listen();
tick();
setInterval(tick, 1000);
