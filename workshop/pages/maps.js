// Two maps in step, with their player: the host of static/map.js on the workshop's page.
export default {
  template: `
    <div class="maps">
      <div class="map-pair">
        <div v-for="slot in ['A', 'B']" :key="slot" class="map-box" :data-slot="slot" :data-ready="ready[slot]">
          <div class="map-title"><b>{{ slot }}</b> {{ titles[slot] }}</div>
          <canvas :ref="'canvas' + slot" tabindex="0" role="img" :aria-label="slot + ': ' + titles[slot]"></canvas>
        </div>
      </div>
      <div class="player" ref="player"></div>
    </div>`,
  props: { lang: String, titles: Object, urls: Object, words: Object, startDay: Number, forkLabel: String },
  data() {
    return { ready: { A: "", B: "" } };
  },
  async mounted() {
    const { NeighbourhoodMap, Player, controls } = await import("/linli/map.js");
    const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.maps = {};
    for (const slot of ["A", "B"]) {
      const map = new NeighbourhoodMap(this.$refs["canvas" + slot][0], { lang: this.lang, words: this.words, reducedMotion });
      map.onPick = (found) => found && this.$emit("pick", { slot, ...found, day: Math.floor(this.player.day) });
      this.maps[slot] = map;
    }
    this.player = new Player([this.maps.A, this.maps.B], {
      onDay: (day) => {
        const whole = Math.floor(day);
        if (whole === this.told) return;
        this.told = whole;
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.$emit("day", whole), 300);
      },
    });
    controls(this.$refs.player, this.player, { lang: this.lang, words: this.words });
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(this.$el);
    this.fit();
    await this.load();
    if (this.startDay) this.player.seek(this.startDay);
  },
  watch: {
    urls: {
      handler() {
        this.load();
      },
      deep: true,
    },
  },
  beforeUnmount() {
    this.player?.pause();
    this.observer?.disconnect();
  },
  methods: {
    fit() {
      for (const map of Object.values(this.maps)) {
        const box = map.canvas.parentElement.getBoundingClientRect();
        const title = map.canvas.previousElementSibling.getBoundingClientRect();
        map.setSize(Math.max(80, box.width), Math.max(80, box.height - title.height), window.devicePixelRatio || 1);
      }
    },
    async load() {
      for (const slot of ["A", "B"]) {
        const url = this.urls[slot];
        if (!url || !this.maps || this.ready[slot] === url) continue;
        const day = this.player ? this.player.day : 0;
        const answer = await fetch(url);
        if (!answer.ok || url !== this.urls[slot]) continue;
        this.maps[slot].load(await answer.arrayBuffer());
        this.ready[slot] = url;
        this.player.seek(day);
      }
    },
    seek(day) {
      this.player?.seek(day);
    },
    pause() {
      this.player?.pause();
    },
    highlight(slot, what) {
      this.maps?.[slot]?.highlight(what);
    },
  },
};
