// The clock of the maps: several of them in step.

/** Plays maps from day to day. Places in time are days and a share of a day: 12.5 is the noon of day 12. */
export class Player {
  constructor(maps, { onDay = () => {}, onPlaying = () => {}, reducedMotion = false } = {}) {
    this.maps = maps;
    this.onDay = onDay;
    this.onPlaying = onPlaying;
    this.reducedMotion = reducedMotion;
    this.speed = 4; // days a second
    this.playing = false;
    this.now = 0;
    this.frames = 0; // drawn so far: for measuring
    this._last = 0;
    this._day = -1;
    this._tick = this._tick.bind(this);
    this._asked = requestAnimationFrame(this._tick);
  }

  get days() {
    return Math.min(...this.maps.map((map) => map.days));
  }

  get day() {
    return Math.floor(this.now);
  }

  play() {
    if (this.day >= this.days - 1) this.now = 0;
    this._playing(true);
  }

  pause() {
    this._playing(false);
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  /** So many days on or back, and stay there. */
  step(by) {
    this.pause();
    this.seek(this.day + by);
  }

  /** Show a day, its events all there. Draws at once. */
  seek(day) {
    this.now = Math.max(0, Math.min(this.days - 1, Math.floor(day))) + (this.playing ? 0 : 0.5);
    this._show();
  }

  stop() {
    cancelAnimationFrame(this._asked);
  }

  _playing(on) {
    this.playing = on;
    this._last = 0;
    if (!on) this.now = this.day + 0.5;
    for (const map of this.maps) map.dirty = true;
    this.onPlaying(on);
  }

  _tick(time) {
    this._asked = requestAnimationFrame(this._tick);
    if (this.playing) {
      const passed = this._last ? Math.min(0.25, (time - this._last) / 1000) : 0;
      this._last = time;
      this.now = Math.min(this.now + passed * this.speed, this.days - 0.5);
      if (this.now >= this.days - 0.5) this.pause();
      if (!this.reducedMotion || this.day !== this._day) return this._show();
    }
    if (this.maps.some((map) => map.dirty)) this._show();
    return undefined;
  }

  _show() {
    const still = this.reducedMotion || this.speed > 12 || !this.playing;
    for (const map of this.maps) {
      map.seek(this.day);
      map.draw(still ? 0.5 : this.now - this.day);
    }
    this.frames += 1;
    if (this.day !== this._day) {
      this._day = this.day;
      this.onDay(this.day);
    }
  }
}
