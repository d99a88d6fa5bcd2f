// Two maps in step, with their player: the host of static/map.js on the workshop's page.
const SPEEDS = [1, 2, 4, 8, 16, 32];
const SLOTS = ["A", "B"];
const TRIANGLE = "M5 3v14l12-7z";
const BARS = "M5 4h4v12H5zM11 4h4v12h-4z";
const LATER = Symbol("not yet");
const AGAIN = 1_000; // milliseconds until what a cut line did not bring is asked for again

// A recording; nothing where there is none, LATER where the line is cut.
async function fetched(url) {
  try {
    const answer = await fetch(url);
    return answer.ok ? await answer.arrayBuffer() : null;
  } catch {
    return LATER;
  }
}

export default {
  template: `
    <div class="maps">
      <div class="map-pair">
        <figure v-for="slot in slots" :key="slot" class="map-box" :data-slot="slot" :data-ready="ready[slot]">
          <figcaption class="map-title">
            <span class="map-name"><b>{{ slot }}</b> {{ titles[slot] }}</span>
            <span class="map-question" :title="questions[slot]">{{ questions[slot] }}</span>
            <span class="map-counts"><span v-for="name in ['open', 'resolved', 'acts']" :key="name">{{ say('replay.' + name) }} <b>{{ number(counts[slot][name]) }}</b></span></span>
          </figcaption>
          <div class="map-frame" :ref="'frame' + slot">
            <canvas :ref="'canvas' + slot" tabindex="0" role="img" :aria-label="say('replay.map_of', { name: titles[slot] })"></canvas>
            <div class="map-wait" v-if="!ready[slot]">…</div>
            <div class="map-kept" role="status"><p v-for="line in kept[slot]" :key="line">{{ line }}</p></div>
          </div>
        </figure>
      </div>
      <div class="player">
        <button type="button" class="plain" :aria-label="say('replay.back')" :title="say('replay.back')" @click="player && player.step(-1)"><svg viewBox="0 0 20 20" aria-hidden="true"><path d="M14 4v12L6 10zM4 4h2v12H4z"/></svg></button>
        <button type="button" class="plain play" @click="player && player.toggle()"><svg viewBox="0 0 20 20" aria-hidden="true"><path :d="playing ? '${BARS}' : '${TRIANGLE}'"/></svg> {{ say(playing ? 'replay.pause' : 'replay.play') }}</button>
        <button type="button" class="plain" :aria-label="say('replay.on')" :title="say('replay.on')" @click="player && player.step(1)"><svg viewBox="0 0 20 20" aria-hidden="true"><path d="M6 4v12l8-6zM14 4h2v12h-2z"/></svg></button>
        <output class="map-day">{{ dayText }}</output>
        <input type="range" class="scrub" min="0" :max="Math.max(0, days - 1)" step="1" :value="day" :aria-label="say('replay.scrub')" :aria-valuetext="dayText" @input="player && player.seek(Number($event.target.value))">
        <select class="plain" :aria-label="say('replay.speed')" @change="player && (player.speed = Number($event.target.value))"><option v-for="n in speeds" :key="n" :value="n" :selected="n === 4">{{ say('replay.per_second', { n }) }}</option></select>
        <button type="button" class="plain" :aria-label="say('replay.closer')" :title="say('replay.closer')" @click="maps.A && maps.A.zoom(1.5)">+</button>
        <button type="button" class="plain" :aria-label="say('replay.farther')" :title="say('replay.farther')" @click="maps.A && maps.A.zoom(1 / 1.5)">−</button>
        <button type="button" class="plain" :aria-label="say('replay.whole')" :title="say('replay.whole')" @click="maps.A && maps.A.reset()">⤢</button>
        <details class="signs"><summary>{{ say('replay.legend') }}</summary><div class="signs-all" ref="signs"></div></details>
      </div>
      <div class="short-signs" ref="short"></div>
      <div class="map-tip" v-show="tip.lines.length" :style="{ left: tip.x + 'px', top: tip.y + 'px' }" aria-hidden="true"><p v-for="line in tip.lines" :key="line">{{ line }}</p></div>
    </div>`,
  props: { lang: String, titles: Object, questions: Object, urls: Object, words: Object, startDay: Number },
  data() {
    const none = { open: 0, resolved: 0, acts: 0 };
    return {
      slots: SLOTS, speeds: SPEEDS, ready: { A: "", B: "" }, counts: { A: none, B: none }, kept: { A: [], B: [] },
      playing: false, day: 0, days: 0, tip: { lines: [], x: 0, y: 0 },
    };
  },
  computed: {
    dayText() {
      return this.say("replay.day", { day: this.number(this.day), days: this.number(this.days) });
    },
  },
  created() {
    this.maps = {}; // not reactive: they draw sixty times a second
    this.player = null;
  },
  async mounted() {
    const { NeighbourhoodMap, Player, legend } = await import("/linli/map.js");
    const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)").matches;
    for (const slot of SLOTS) {
      const map = new NeighbourhoodMap(this.canvas(slot), { lang: this.lang, words: this.words, reducedMotion, firstDay: 0 });
      map.onHover = (picked, x, y) => this.hover(slot, picked, x, y);
      map.onPick = (picked) => this.pick(slot, picked);
      map.onView = (view) => SLOTS.forEach((other) => other !== slot && this.maps[other].follow(view));
      this.maps[slot] = map;
    }
    this.Player = Player;
    this.reducedMotion = reducedMotion;
    this.$refs.signs.append(legend(this.words));
    this.$refs.short.append(legend(this.words, { short: true }));
    this.observer = new ResizeObserver(() => this.fit());
    SLOTS.forEach((slot) => this.observer.observe(this.$refs["frame" + slot][0]));
    this.fit();
    await this.load();
    window.workshopMaps = this; // for looking at it from the browser's console, and for tests
  },
  watch: {
    urls: { handler() { this.load(); }, deep: true },
  },
  beforeUnmount() {
    this.player?.stop();
    clearTimeout(this.again);
    this.observer?.disconnect();
  },
  methods: {
    say(key, more = {}) {
      return (this.words[key] || "").replace(/\{(\w+)\}/g, (_, name) => more[name]);
    },
    number(n) {
      return new Intl.NumberFormat(this.lang === "zh" ? "zh-CN" : "en-GB").format(n || 0);
    },
    canvas(slot) {
      return this.$refs["canvas" + slot][0];
    },
    fit() {
      for (const slot of SLOTS) {
        const frame = this.$refs["frame" + slot]?.[0];
        if (!frame?.clientWidth || !frame.clientHeight || !this.maps[slot]) continue;
        this.canvas(slot).style.width = `${frame.clientWidth}px`;
        this.canvas(slot).style.height = `${frame.clientHeight}px`;
        this.maps[slot].setSize(frame.clientWidth, frame.clientHeight, Math.min(2, window.devicePixelRatio || 1));
        if (this.maps[slot].life) this.maps[slot].draw();
      }
    },
    async load() {
      for (const slot of SLOTS) {
        const url = this.urls[slot];
        if (!url || !this.maps[slot] || this.ready[slot] === url) continue;
        const bytes = await fetched(url);
        if (bytes === LATER) {
          clearTimeout(this.again);
          this.again = setTimeout(() => this.load(), AGAIN);
        }
        if (bytes === LATER || !bytes || url !== this.urls[slot]) continue;
        const chosen = this.maps[slot].chosen;
        this.maps[slot].load(bytes);
        this.ready[slot] = url;
        this.fit();
        if (chosen && chosen.kind !== "issue") this.maps[slot].highlight(chosen);
        if (SLOTS.every((each) => this.maps[each].life)) this.begin();
      }
    },
    begin() {
      const first = !this.player;
      if (first) {
        this.player = new this.Player([this.maps.A, this.maps.B], {
          onDay: () => this.showDay(), onPlaying: (on) => this.showPlaying(on), reducedMotion: this.reducedMotion,
        });
      }
      this.days = this.player.days;
      this.player.seek(first ? this.startDay || 0 : this.player.day);
      this.showDay(); // another town on the same day
    },
    showDay() {
      this.day = this.player.day;
      for (const slot of SLOTS) {
        this.counts[slot] = this.maps[slot].counts;
        this.keep(slot);
      }
      clearTimeout(this.timer);
      if (this.day !== this.toldDay) this.timer = setTimeout(() => this.$emit("day", (this.toldDay = this.day)), 250);
    },
    showPlaying() {
      this.playing = this.player.playing;
    },
    hover(slot, picked, x, y) {
      this.tip.lines = picked ? this.maps[slot].text(picked) : [];
      const box = this.canvas(slot).getBoundingClientRect();
      this.tip.x = Math.min(box.left + x + 14, window.innerWidth - 260);
      this.tip.y = box.top + y + 14;
    },
    pick(slot, picked) {
      for (const each of SLOTS) {
        const here = each === slot || (picked && picked.kind !== "issue") ? picked : null;
        this.maps[each].chosen = here;
        this.maps[each].highlight(here);
        this.keep(each);
      }
      if (picked) this.$emit("pick", { slot, kind: picked.kind, row: picked.row, recorded: true, day: this.player.day });
    },
    keep(slot) {
      const map = this.maps[slot];
      const chosen = map.chosen;
      if (!chosen) return void (this.kept[slot] = []);
      const now = map.facts(chosen.kind, chosen.kind === "meeting" ? chosen.hall : chosen.row);
      this.kept[slot] = now ? map.text(now) : [];
    },
    seek(day) {
      this.player?.seek(day);
    },
  },
};
