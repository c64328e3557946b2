// One touch, one number: the same key goes with every try of one touch, so that a lost answer takes no second number.
// The paper comes from the browser's printer: a kiosk runs Chromium with --kiosk --kiosk-printing, which does not ask.
"use strict";

const SHOWN_MS = 20000;
const REFRESH_MS = 10000;
const TIMEOUT_MS = 8000;
const TRIES = 3;
const MM = 96 / 25.4;

const $ = (id) => document.getElementById(id);
const kiosk = $("kiosk");
const choices = [...document.querySelectorAll(".choice")];
const page = new CSSStyleSheet();
document.adoptedStyleSheets = [page];
let back = 0;
let shown = "";
let papers = Promise.resolve();

function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function take(choice) {
  choices.forEach((each) => { each.disabled = true; });
  $("problem").hidden = true;
  const key = newKey();
  let problem = "暂时取不了号，请稍后再试，或到导办台取号。";
  for (let tried = 0; tried < TRIES; tried += 1) {
    try {
      const answer = await fetch(kiosk.dataset.tickets, {
        method: "POST",
        headers: {"Content-Type": "application/json", "Idempotency-Key": key},
        body: JSON.stringify({business: choice.dataset.code, priority: null}),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const told = await answer.json();
      if (answer.ok) { show(told, choice.dataset); papers = papers.then(() => giveOut(told.number)); return; }
      if (answer.status < 500) { problem = told.message; break; }
    } catch { await new Promise((done) => setTimeout(done, 500)); }
  }
  $("problem").textContent = problem;
  $("problem").hidden = false;
  choices.forEach((each) => { each.disabled = false; });
}

function show(ticket, business) {
  const letter = document.createElement("i");
  letter.textContent = ticket.number.slice(0, 1);
  $("number").replaceChildren(letter, ticket.number.slice(1));
  $("business").textContent = business.name;
  $("ahead").textContent = ticket.ahead;
  $("eta-row").hidden = ticket.eta_minutes === null;
  $("eta").textContent = ticket.eta_minutes;
  $("windows").textContent = `${business.zone} ${business.windows}`.trim();
  shown = ticket.number;
  $("choose").hidden = true;
  $("taken").hidden = false;
  $("taken").focus();
  back = setTimeout(choose, SHOWN_MS);
}

// The paper says what SL-01 says: the server fills the template. The number stays on the screen, paper or not; and it
// is printed even for who pressed 记好了 before it came, one paper after the other.
async function giveOut(number) {
  for (let tried = 0; tried < TRIES; tried += 1) {
    try {
      const answer = await fetch(kiosk.dataset.paper + encodeURIComponent(number), {
        cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (answer.ok) {
        const whole = new DOMParser().parseFromString(await answer.text(), "text/html");
        await printed(document.adoptNode(whole.getElementById("paper")));
        return;
      }
      if (answer.status < 500) break;
    } catch { await new Promise((done) => setTimeout(done, 500)); }
  }
  if (shown === number) {
    $("unprinted").hidden = false;
    $("take").hidden = true;
  }
}

async function printed(paper) {
  $("print").replaceChildren(paper);
  await document.fonts.ready;
  // A roll has no pages: one page as long as this paper, so that nothing is cut off and nothing is fed for nothing.
  page.replaceSync(`@page { size: 80mm ${Math.ceil(paper.offsetHeight / MM) + 2}mm; margin: 0 4mm }`);
  window.print();
}

function choose() {
  clearTimeout(back);
  shown = "";
  $("unprinted").hidden = true;
  $("take").hidden = false;
  $("taken").hidden = true;
  $("choose").hidden = false;
  choices.forEach((each) => { each.disabled = false; });
  refresh();
}

async function refresh() {
  try {
    const answer = await fetch(kiosk.dataset.state, {cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS)});
    if (!answer.ok) return;
    const state = await answer.json();
    if (state.businesses.length !== choices.length && $("taken").hidden) location.reload();
    for (const business of state.businesses) {
      const shown = document.querySelector(`[data-waiting="${CSS.escape(business.code)}"]`);
      if (shown) shown.textContent = business.waiting;
    }
    const china = new Date(state.server_time + 8 * 3600000);
    $("clock").textContent = china.toISOString().slice(11, 16);
  } catch { /* the numbers stay as they were; taking one tells whether the server is there */ }
}

choices.forEach((choice) => choice.addEventListener("click", () => take(choice)));
$("done").addEventListener("click", choose);
refresh();
setInterval(refresh, REFRESH_MS);
