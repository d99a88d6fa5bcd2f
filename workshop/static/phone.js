/* The phone page: asks the room for its state every two seconds and shows it; sends answers until they have arrived.
   Written for old phones: no framework, no build, nothing newer than 2012. */
(function () {
  "use strict";

  var WORDS = JSON.parse(document.getElementById("words").textContent);
  var EVERY = 2000, PATIENCE = 8000, WAITS = [2000, 2000, 3000, 5000, 8000];
  var SVG = "http://www.w3.org/2000/svg";
  var lang = remembered("lang") || (/^zh/i.test(navigator.language || "zh") ? "zh" : "en");
  var state = null, tag = "", failures = 0, timer = 0, asking = false;
  var cards = {}, drafts = {}, sending = {};

  function remembered(name) {
    try { return window.localStorage.getItem("linli_" + name); } catch (refused) { return null; }
  }
  function remember(name, value) {
    try { window.localStorage.setItem("linli_" + name, value); } catch (refused) { /* then it is forgotten */ }
  }
  function say(text, fields) {
    var said = lang === "zh" ? WORDS[text] : text;
    return said.replace(/\{(\w+)\}/g, function (_, name) { return fields[name]; });
  }
  function $(id) { return document.getElementById(id); }
  function make(name, attributes, inside) {
    return fill(document.createElement(name), attributes, inside);
  }
  function draw(name, attributes, inside) {
    return fill(document.createElementNS(SVG, name), attributes, inside);
  }
  function fill(node, attributes, inside) {
    var name;
    for (name in attributes || {}) {
      if (typeof attributes[name] === "function") { node.addEventListener(name, attributes[name]); }
      else if (attributes[name] !== null && attributes[name] !== false) { node.setAttribute(name, attributes[name]); }
    }
    [].concat(inside === undefined || inside === null ? [] : inside).forEach(function (each) {
      if (each) { node.appendChild(typeof each === "string" ? document.createTextNode(each) : each); }
    });
    return node;
  }
  function told(value, digits) {
    var parts = Math.abs(value).toFixed(digits).split("."), sign = value < 0 && Number(value.toFixed(digits)) ? "\u2212" : "";
    return sign + parts[0].replace(/\B(?=(\d{3})+$)/g, ",") + (parts[1] ? "." + parts[1] : "");
  }
  function withUnit(question, value) {
    var unit = question.unit[lang], number = told(value, question.digits);
    return unit ? number + (lang === "zh" && unit !== "%" ? "" : " ") + unit : number;
  }
  /* Of many values: with one more decimal, where it says something. */
  function finer(question, value) { return told(value, Number(value.toFixed(question.digits)) === value ? question.digits : question.digits + 1); }
  function finerWithUnit(question, value) { return withUnit(question, value).replace(told(value, question.digits), finer(question, value)); }
  function named(question, key) {
    return question.choices.filter(function (choice) { return choice.key === key; })[0][lang];
  }
  function gap() { return lang === "zh" ? "" : " "; }
  function answerTold(question) {
    return question.kind === "vote" ? named(question, question.yours) : withUnit(question, question.yours);
  }

  /* Talking to the room */

  function ask(method, path, body, heard) {
    var request = new XMLHttpRequest();
    request.open(method, path);
    request.timeout = PATIENCE;
    if (body) { request.setRequestHeader("Content-Type", "application/json"); }
    if (method === "GET" && tag) { request.setRequestHeader("If-None-Match", tag); }
    request.onloadend = function () {
      var found = null;
      try { found = JSON.parse(request.responseText); } catch (none) { /* no body */ }
      heard(request.status, found, request.getResponseHeader ? request.getResponseHeader("ETag") : "");
    };
    request.send(body ? JSON.stringify(body) : null);
  }
  function join(then) {
    ask("POST", "/p/join", {}, function (status) { if (status === 204) { then(); } else { lost(status); } });
  }
  function poll() {
    if (asking) { return; }
    asking = true;
    window.clearTimeout(timer);
    ask("GET", "/p/state", null, function (status, found, newTag) {
      asking = false;
      if (status === 401) { stranger(); return; }
      if (status === 200 && found) { tag = newTag || ""; show(found); }
      if ((status === 200 && found) || status === 304) { connected(); } else { lost(status); }
    });
  }
  var strange = 0;
  function stranger() {
    tag = "";
    strange += 1;
    if (strange > 2) {
      warn(say("Cookies must be allowed for this page, so that each phone counts once."));
      timer = window.setTimeout(poll, PATIENCE);
      return;
    }
    join(poll);
  }
  function connected() {
    strange = 0;
    if (failures) {
      failures = 0;
      $("lost").className = "back";
      $("lost").textContent = say("Connected again.");
      window.setTimeout(function () { if (!failures) { $("lost").hidden = true; } }, 2500);
    }
    timer = window.setTimeout(poll, EVERY + Math.random() * 300);
  }
  function lost(status) {
    failures += 1;
    if (status !== 429 && failures > 1 || !state) { warn(say("Connection lost. Trying again …")); }
    timer = window.setTimeout(poll, WAITS[Math.min(failures, WAITS.length) - 1]);
  }
  function warn(text) {
    var box = $("lost");
    box.className = "";
    if (box.hidden || box.textContent !== text) { box.textContent = text; }
    box.hidden = false;
  }
  function send(id, answer) {
    var tries = (sending[id] || { tries: 0 }).tries;
    sending[id] = { answer: answer, tries: tries };
    note(id, say(tries ? "Not sent yet. Trying again …" : "Sending …"), true);
    ask("POST", "/p/answer", { question: id, answer: answer }, function (status, found, newTag) {
      var current = sending[id];
      if (!current || current.answer !== answer) { return; }
      if (status === 200 && found) {
        delete sending[id];
        delete drafts[id];
        tag = newTag || "";
        show(found, id);
      } else if (status >= 400 && status < 500 && status !== 429 && status !== 401) {
        delete sending[id];
        note(id, "", false);
        wrong(id, found && found.error ? found.error[lang] : say("Connection lost. Trying again …"));
      } else {
        current.tries += 1;
        if (current.tries === 1) { announce(say("Not sent yet. Trying again …")); }
        note(id, say("Not sent yet. Trying again …"), true);
        window.setTimeout(function () { if (sending[id] === current) { send(id, answer); } }, WAITS[Math.min(current.tries, 5) - 1]);
      }
    });
  }

  /* Showing */

  function show(found, answered) {
    var before = state, present = {}, home = $("cards");
    state = found;
    found.questions.forEach(function (question) { present[question.id] = true; });
    Object.keys(cards).forEach(function (id) {
      if (!present[id]) { home.removeChild(cards[id].node); delete cards[id]; delete drafts[id]; delete sending[id]; }
    });
    found.questions.forEach(function (question, k) {
      var card = cards[question.id], print = printOf(question);
      if (!card || card.print !== print) { renew(question, print, before); }
      card = cards[question.id];
      if (home.children[k] !== card.node) { home.insertBefore(card.node, home.children[k] || null); }
      card.count.textContent = countOf(question);
    });
    $("waiting").hidden = found.questions.length > 0;
    if (answered && cards[answered]) { announce(cards[answered].said.textContent); }
  }
  function printOf(question) {
    return JSON.stringify([question.state, question.yours, question.result, lang]);
  }
  function countOf(question) {
    if (question.state === "revealed" && (question.kind === "guess" || !question.answers)) { return ""; }
    var still = question.state === "open" ? " so far" : "", one = question.answers === 1;
    return say((one ? "1 answer" : "{n} answers") + still, { n: told(question.answers, 0) });
  }
  function renew(question, print, before) {
    var old = cards[question.id], focused = old && old.node.contains(document.activeElement) ? document.activeElement.id : "";
    var card = cardOf(question);
    card.print = print;
    card.state = question.state;
    cards[question.id] = card;
    if (old) { old.node.parentNode.replaceChild(card.node, old.node); }
    if (focused) { ($(focused) || card.title).focus(); }
    if (before && (!old || old.state !== question.state)) {
      announce(say({ open: "New question", closed: "Question closed", revealed: "The result is shown" }[question.state]) + ": " + question.text[lang]);
    }
    if (sending[question.id]) { note(question.id, say("Sending …"), true); }
  }
  function announce(text) { $("news").textContent = text; }
  function note(id, text, slow) {
    var card = cards[id];
    if (!card) { return; }
    card.said.className = slow ? "said slow" : "said";
    card.said.textContent = text;
    if (text) { wrong(id, ""); }
  }
  function wrong(id, text) {
    var card = cards[id];
    if (!card || !card.wrong) { return; }
    card.wrong.textContent = text;
    if (card.input) { card.input.setAttribute("aria-invalid", text ? "true" : "false"); }
  }

  function cardOf(question) {
    var id = "q" + question.id, card = { count: make("p", { "class": "count" }), said: make("p", { "class": "said" }) };
    card.title = make("h2", { id: id, tabindex: "-1" }, question.text[lang]);
    var inside = [make("p", { "class": "kind" }, say(question.kind === "vote" ? "Vote" : "Guess")), card.title];
    if (question.state === "open") {
      card.wrong = make("p", { "class": "wrong", id: id + "wrong", role: "alert" });
      if (question.yours !== null) {
        card.said.textContent = say("Your answer is in: {answer}.", { answer: answerTold(question) }) + gap() + say("You can change it until the question is closed.");
      }
      inside.push((question.kind === "vote" ? voteForm : guessForm)(question, id, card), card.said);
    } else if (question.state === "closed") {
      inside.push(make("p", {}, say("Closed. The result will be shown soon.")));
      if (question.yours !== null) { card.said.textContent = say("Your answer is in: {answer}.", { answer: answerTold(question) }); }
      inside.push(card.said, question.yours === null ? make("p", { "class": "hint" }, say("You did not answer.")) : null);
    } else {
      inside = inside.concat((question.kind === "vote" ? votesShown : guessesShown)(question));
    }
    card.node = make("section", { "class": "card", "aria-labelledby": id }, inside.concat(card.count));
    return card;
  }
  function formOf(question, id, card, inside, chosen) {
    var button = make("button", { type: "submit", "class": "send", id: id + "send" }, say(question.yours === null ? "Send" : "Change"));
    return make("form", {
      novalidate: "", submit: function (event) {
        event.preventDefault();
        var answer = chosen();
        if (answer !== null) { wrong(question.id, ""); delete sending[question.id]; send(question.id, answer); }
      }
    }, inside.concat(card.wrong, button));
  }
  function voteForm(question, id, card) {
    var draft = drafts[question.id] || question.yours, labels = [];
    question.choices.forEach(function (choice, k) {
      var input = make("input", { type: "radio", name: id + "choice", id: id + "choice" + k, value: choice.key });
      input.checked = choice.key === draft;
      labels.push(make("label", { "class": input.checked ? "choice on" : "choice", "for": input.id }, [input, make("span", {}, choice[lang])]));
      input.addEventListener("change", function () {
        drafts[question.id] = choice.key;
        wrong(question.id, "");
        labels.forEach(function (label) { label.className = label.firstChild.checked ? "choice on" : "choice"; });
      });
    });
    var group = make("fieldset", { "aria-labelledby": id, "aria-describedby": id + "wrong" }, labels);
    return formOf(question, id, card, [group], function () {
      var picked = labels.filter(function (label) { return label.firstChild.checked; })[0];
      if (!picked) { wrong(question.id, say("Please choose one.")); labels[0].firstChild.focus(); return null; }
      return picked.firstChild.value;
    });
  }
  function guessForm(question, id, card) {
    var range = { low: told(question.low, question.digits), high: withUnit(question, question.high) };
    var start = drafts[question.id] !== undefined ? drafts[question.id] : question.yours === null ? "" : question.yours.toFixed(question.digits);
    var input = card.input = make("input", {
      type: "text", inputmode: question.digits ? "decimal" : "numeric", autocomplete: "off", enterkeyhint: "send", id: id + "guess",
      "aria-describedby": id + "range " + id + "wrong", maxlength: "20",
      input: function () { drafts[question.id] = input.value; wrong(question.id, ""); }
    });
    input.value = start;
    function put(value) {
      input.value = drafts[question.id] = Math.min(question.high, Math.max(question.low, value)).toFixed(question.digits);
      wrong(question.id, "");
    }
    function step(way) {
      return function () {
        var now = number(input.value), width = stepOf(question);
        put(isNaN(now) ? (question.low <= 0 && question.high >= 0 ? 0 : question.low) : now + way * width);
      };
    }
    function turn() { var now = number(input.value); if (!isNaN(now)) { put(-now); } }
    var row = make("div", { "class": "number" }, [
      make("button", { type: "button", id: id + "less", "aria-label": say("less"), click: step(-1) }, "\u2212"), input,
      make("button", { type: "button", id: id + "more", "aria-label": say("more"), click: step(1) }, "+")
    ]);
    var sign = question.low < 0 && question.high > 0 ? make("button", { type: "button", "class": "plain", id: id + "sign", "aria-label": say("plus or minus"), click: turn }, "+/\u2212") : null;
    var unit = question.unit[lang];
    var label = make("label", { "for": input.id }, say("Your guess") + (unit ? lang === "zh" ? "（" + unit + "）" : " (" + unit + ")" : ""));
    var below = make("div", { "class": "below" }, [make("p", { "class": "hint", id: id + "range" }, say("from {low} to {high}", range)), sign]);
    return formOf(question, id, card, [make("p", {}, label), row, below], function () {
      var value = number(input.value);
      if (!(value >= question.low && value <= question.high)) {
        wrong(question.id, say("Please enter a number from {low} to {high}.", range));
        input.focus();
        return null;
      }
      return value;
    });
  }
  function number(text) {
    var plain = text.replace(/[\uff01-\uff5e]/g, function (wide) { return String.fromCharCode(wide.charCodeAt(0) - 0xfee0); });
    plain = plain.replace(/[\s\u3000']/g, "").replace(/[\u2212\u2013]/g, "-").replace(/\u3002/g, ".").replace(/%$/, "");
    plain = /^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(plain) ? plain.replace(/,/g, "") : plain.replace(",", ".");
    return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : NaN;
  }
  function stepOf(question) {
    var least = Math.pow(10, -question.digits), rough = (question.high - question.low) / 40;
    return Math.max(least, Math.pow(10, Math.floor(Math.log(Math.max(rough, 1e-9)) / Math.LN10 + 1e-9)));
  }

  /* Results */

  function votesShown(question) {
    var total = question.result.n, most = 1, key;
    if (!total) { return [make("p", {}, say("Nobody answered."))]; }
    for (key in question.result.counts) { most = Math.max(most, question.result.counts[key]); }
    return question.choices.map(function (choice) {
      var n = question.result.counts[choice.key], mine = question.yours === choice.key, bar = make("div", { "class": "fill" });
      bar.style.width = 100 * n / most + "%";
      var votes = told(n, 0) + " · " + told(100 * n / total, 0) + " %";
      var name = make("div", { "class": mine ? "mine" : "" }, choice[lang] + (mine ? " ✓ " + say("your choice") : ""));
      return make("div", { "class": "bar" }, [name, make("div", { "class": "row" }, [make("div", { "class": "track", "aria-hidden": "true" }, bar), make("b", {}, votes)])]);
    });
  }
  function guessesShown(question) {
    var result = question.result, model = result.model, said = [];
    if (result.n) {
      said.push(make("p", {}, say(result.n === 1 ? "One guess: {median}." : "Median of {n} guesses: {median}.", { n: told(result.n, 0), median: finerWithUnit(question, result.median) })));
    } else { said.push(make("p", {}, say("Nobody answered."))); }
    if (model) {
      said.push(make("p", {}, say("The model, {n} pairs of runs: median {median}, nine in ten from {low} to {high}.", {
        n: told(model.n, 0), median: finerWithUnit(question, model.median),
        low: finer(question, model.low), high: finerWithUnit(question, model.high)
      })));
    }
    if (question.yours !== null) {
      var mine = say("Your guess: {answer}.", { answer: withUnit(question, question.yours) });
      if (model) {
        mine += gap() + say(question.yours >= model.low && question.yours <= model.high ?
          "It lies where nine in ten of the model's runs lie." : "It lies outside nine in ten of the model's runs.");
      }
      said.push(make("p", { "class": "said" }, mine));
    } else { said.push(make("p", { "class": "hint" }, say("You did not answer."))); }
    return result.edges.length ? [legend(model), histogram(question)].concat(said, numbers(question)) : said;
  }
  function hatch(id) {
    return draw("pattern", { id: id, width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, [
      draw("rect", { width: 5, height: 5, fill: "#fff" }), draw("rect", { width: 2.4, height: 5, fill: "#d55e00" })]);
  }
  function legend(model) {
    function entry(paint, text, pattern) {
      return make("span", {}, [draw("svg", { width: 18, height: 18, "aria-hidden": "true" }, [pattern,
        draw("rect", { x: 1, y: 1, width: 16, height: 16, fill: paint, stroke: pattern ? "#b34e00" : paint })]), text]);
    }
    return make("div", { "class": "legend" }, [entry("#0072b2", say("guesses")), model ? entry("url(#hatch0)", say("model"), hatch("hatch0")) : null, make("span", { "class": "hint" }, say("bars: shares"))]);
  }
  function histogram(question) {
    var result = question.result, model = result.model, edges = result.edges, n = edges.length - 1;
    var wide = 340, left = 6, high = 150, top = 22, each = (wide - 2 * left) / n, most = 0, bars = [], k, pattern = "hatch" + question.id;
    for (k = 0; k < n; k += 1) {
      most = Math.max(most, result.n ? result.guesses[k] / result.n : 0, model ? model.counts[k] / model.n : 0);
    }
    function bar(share, x, width, paint, edge) {
      var tall = Math.max(share ? 2 : 0, share / most * high);
      if (tall) { bars.push(draw("rect", { x: x, y: top + high - tall, width: width, height: tall, fill: paint, stroke: edge })); }
    }
    for (k = 0; k < n; k += 1) {
      var part = model ? 0.42 * each : 0.8 * each, x = left + k * each + 0.08 * each;
      if (result.n) { bar(result.guesses[k] / result.n, x, part, "#0072b2", "#0072b2"); }
      if (model) { bar(model.counts[k] / model.n, x + part, part, "url(#" + pattern + ")", "#b34e00"); }
    }
    function across(value) { return left + (value - edges[0]) / (edges[n] - edges[0]) * (wide - 2 * left); }
    bars.push(draw("line", { x1: left, x2: wide - left, y1: top + high, y2: top + high, stroke: "#3c4652" }));
    var longest = Math.max(told(edges[0], decimals(edges)).length, told(edges[n], decimals(edges)).length);
    var single = edges[1] - edges[0] === 1 && !question.digits, apart = Math.ceil(n / Math.max(1, Math.min(5, Math.floor(wide / (8 * longest + 12)) - 1)));
    for (k = 0; k < n + (single ? 0 : 1); k += apart) {
      var at = across(edges[k]) + (single ? each / 2 : 0);
      bars.push(draw("text", { x: at, y: top + high + 17, "text-anchor": single || (k > 0 && k < n) ? "middle" : k ? "end" : "start" }, told(edges[k], decimals(edges))));
    }
    if (question.yours !== null) {
      var me = across(question.yours) + (single ? each / 2 : 0);
      bars.push(draw("line", { x1: me, x2: me, y1: top - 2, y2: top + high, stroke: "#1b1f24", "stroke-dasharray": "3 3" }));
      bars.push(draw("path", { d: "M" + me + " " + (top + 2) + "l-6 -8h12z", fill: "#1b1f24" }));
      bars.push(draw("text", { x: Math.min(wide - 14, Math.max(14, me)), y: 12, "text-anchor": "middle", "class": "me" }, say("you")));
    }
    return draw("svg", { viewBox: "0 0 " + wide + " " + (top + high + 24), "class": "chart", "aria-hidden": "true" }, [model ? hatch(pattern) : null].concat(bars));
  }
  function decimals(edges) {
    var width = edges[1] - edges[0];
    return width >= 1 ? 0 : Math.min(4, Math.ceil(-Math.log(width) / Math.LN10 - 1e-9));
  }
  function numbers(question) {
    var result = question.result, model = result.model, places = decimals(result.edges), rows = [];
    result.guesses.forEach(function (n, k) {
      rows.push(make("tr", {}, [make("td", {}, told(result.edges[k], places)), make("td", {}, told(result.edges[k + 1], places)), make("td", {}, told(n, 0)), model ? make("td", {}, told(model.counts[k], 0)) : null]));
    });
    var heads = ["from", "below", "guesses"].concat(model ? ["model"] : []);
    var head = make("tr", {}, heads.map(function (name) { return make("th", { scope: "col" }, say(name)); }));
    return make("details", {}, [make("summary", {}, say("The numbers")), make("table", {}, [make("thead", {}, head), make("tbody", {}, rows)])]);
  }

  /* Language */

  function speak() {
    document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
    document.title = say("linli: the room");
    Array.prototype.forEach.call(document.querySelectorAll("[data-say]"), function (node) {
      node.textContent = say(node.getAttribute("data-say"));
    });
    $("other").textContent = lang === "zh" ? "English" : "中文";
    $("other").setAttribute("lang", lang === "zh" ? "en" : "zh-CN");
    if (state) { show(state); }
    if (failures > 1) { warn(say("Connection lost. Trying again …")); }
  }
  $("other").addEventListener("click", function () {
    lang = lang === "zh" ? "en" : "zh";
    remember("lang", lang);
    speak();
  });
  function soon() { if (!document.hidden) { poll(); } }
  window.addEventListener("online", soon);
  document.addEventListener("visibilitychange", soon);
  speak();
  join(poll);
}());
