// Says calls one after the other, never two at once: one queue, and every clip starts when the one before is over.
"use strict";

class Voice {
  constructor(manifestUrl) {
    this.url = manifestUrl;
    this.waiting = [];
    this.clips = null;
    this.talking = false;
    this.context = new AudioContext();
  }

  async load() {
    const pack = await (await fetch(this.url)).json();
    const decoded = await Promise.all(Object.entries(pack.clips).map(async ([word, file]) => {
      const answer = await fetch("/pages/voice/" + encodeURIComponent(file));
      return [word, await this.context.decodeAudioData(await answer.arrayBuffer())];
    }));
    this.gap = pack.gap_ms / 1000;
    this.clips = new Map(decoded);
  }

  get silent() { return this.context.state !== "running"; }

  wake() { return this.context.resume(); }

  // Who opens the sound late hears what is called from then on, not what was called meanwhile.
  say(call) {
    if (this.silent || !this.clips) return;
    this.waiting.push(call);
    if (!this.talking) this.talk();
  }

  // A call that was taken back meanwhile is not said any more.
  keep(keys) { this.waiting = this.waiting.filter((call) => keys.has(call.key)); }

  async talk() {
    this.talking = true;
    while (this.waiting.length) {
      const call = this.waiting.shift();
      tell("voice-start", call);
      await this.play(Voice.words(call));
      tell("voice-end", call);
    }
    this.talking = false;
  }

  static words({number, window}) {
    const once = ["请", ...number, "号", "到", ...Voice.place(window), "号窗口"];
    return ["叮", ...once, null, ...once];
  }

  // A window of digits alone is said as a number: 3, 十2, 2十, 1百0 5; any other as it is written (design/README.md, 15).
  static place(window) {
    if (!/^[1-9][0-9]{0,2}$/.test(window)) return [...window];
    const [ones, tens, hundreds] = [...window].reverse();
    const said = [];
    if (hundreds) said.push(hundreds, "百");
    if (tens && tens !== "0") said.push(...(tens === "1" && !hundreds ? [] : [tens]), "十");
    else if (hundreds && ones !== "0") said.push("0");
    if (ones !== "0") said.push(ones);
    return said;
  }

  play(words) {
    let at = this.context.currentTime + 0.05;
    let last = null;
    for (const word of words) {
      const clip = this.clips.get(word);
      if (!clip) {
        if (word === null) at += 0.4;
        continue;
      }
      last = this.context.createBufferSource();
      last.buffer = clip;
      last.connect(this.context.destination);
      last.start(at);
      at += clip.duration + this.gap;
    }
    return new Promise((done) => { if (last) last.onended = done; else done(); });
  }
}

function tell(name, call) {
  document.dispatchEvent(new CustomEvent(name, {detail: call}));
}
