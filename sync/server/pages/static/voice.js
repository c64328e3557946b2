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
    const once = ["请", ...number, "号", "到", ...window, "号窗口"];
    return ["叮", ...once, null, ...once];
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
